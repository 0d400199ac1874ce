package dev.assay.ingest.api;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.FeedbackIntake;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** Takes a body of feedback or outcomes in: what their two resources share. */
@ApplicationScoped
class FeedbackEntrance {
    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final IngestConfig config;

    FeedbackEntrance(AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, IngestConfig config) {
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.config = config;
    }

    Uni<Response> record(HttpServerRequest request, Function<FeedbackIntake, JsonRecords.Target> target) {
        String tenant = caller.tenant();
        return bodies.with(request, body -> {
                    FeedbackIntake intake = accept.feedback(tenant, Source.SOURCE_REST);
                    JsonRecords.read(
                            body, request.getHeader("content-type"), config.maxBatchEvents(), target.apply(intake));
                    return accept.finish(intake);
                })
                .map(FeedbackEntrance::answer)
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    private static Response answer(FeedbackIntake intake) {
        EventsAnswer answer = EventsAnswer.of(
                intake.accepted().stream()
                        .map(event -> event.getEnvelope().getEventId())
                        .toList(),
                intake.rejected());
        return Response.status(answer.status()).entity(answer).build();
    }
}
