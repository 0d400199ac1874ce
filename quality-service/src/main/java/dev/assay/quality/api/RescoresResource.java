package dev.assay.quality.api;

import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.JudgeConfig;
import dev.assay.quality.app.Judges;
import dev.assay.quality.app.Rescores;
import dev.assay.quality.app.Rescores.Job;
import dev.assay.quality.app.Rescores.State;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Jobs that have earlier responses judged again. */
@Path("/v1/judge/rescores")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class RescoresResource {
    private static final Duration MOST_RANGE = Duration.ofDays(400);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private final CurrentCaller caller;
    private final Judges judges;
    private final Rescores rescores;

    RescoresResource(CurrentCaller caller, Judges judges, Rescores rescores) {
        this.caller = caller;
        this.judges = judges;
        this.rescores = rescores;
    }

    /** Which responses, by the time of the call: RFC 3339, whole minutes of it, at most 400 days. */
    @RegisterForReflection
    public record Wanted(@Nullable String from, @Nullable String to) {}

    /** A job: {@code state} is running, paused, done, cancelled or superseded. Done means that all is with the judge. */
    @RegisterForReflection
    public record View(
            String id,
            String state,
            String epoch,
            Instant from,
            Instant to,
            long total,
            long examined,
            long queued,
            Instant createdAt) {
        static View of(Job it) {
            return new View(
                    it.id().toString(),
                    it.state().wireName(),
                    it.epoch(),
                    it.from(),
                    it.to(),
                    it.total(),
                    it.examined(),
                    it.queued(),
                    it.createdAt());
        }
    }

    /** The latest jobs. */
    @RegisterForReflection
    public record Page(List<View> items) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Have earlier responses judged in the present epoch",
            description =
                    "Those that a judge was to see in another epoch, and those that failed in this one. Live"
                            + " responses go first; the job rests once half of a day's cap is used. One job of a project at a time.")
    public Uni<RestResponse<View>> start(@Nullable Wanted request) {
        Wanted wanted = Fields.body(request);
        Instant from = time("from", wanted.from());
        Instant to = time("to", wanted.to());
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(MOST_RANGE) > 0) {
            throw Problem.unprocessable("to", "must be after from, by at most " + MOST_RANGE.toDays() + " days");
        }
        String tenant = caller.tenant();
        return judge(tenant)
                .chain(judge -> rescores.start(tenant, judge.epoch(), from, to, Instant.now()))
                .map(job -> RestResponse.status(
                        RestResponse.Status.CREATED,
                        View.of(job.orElseThrow(() -> Problem.conflict("a job of the project is not over yet")))));
    }

    private Uni<JudgeConfig> judge(String tenant) {
        return judges.find(tenant).map(found -> found.orElseThrow(() -> Problem.notFound("the project has no judge")));
    }

    @GET
    @Operation(summary = "The latest 100 jobs, the latest first")
    public Uni<Page> list() {
        return rescores.jobs(caller.tenant())
                .map(jobs -> new Page(jobs.stream().map(View::of).toList()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far a job is")
    public Uni<View> get(@PathParam("id") String id) {
        return rescores.job(caller.tenant(), Fields.id("job", id))
                .map(found -> View.of(found.orElseThrow(() -> Problem.notFound("there is no such job"))));
    }

    @POST
    @Path("/{id}/pause")
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "Give the judge no more responses of a running job")
    public Uni<View> pause(@PathParam("id") String id) {
        return move(id, List.of(State.RUNNING), State.PAUSED);
    }

    @POST
    @Path("/{id}/resume")
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "Go on with a paused job where it was")
    public Uni<View> resume(@PathParam("id") String id) {
        return move(id, List.of(State.PAUSED), State.RUNNING);
    }

    @POST
    @Path("/{id}/cancel")
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "End a job that is not over", description = "What is with the judge already is judged.")
    public Uni<View> cancel(@PathParam("id") String id) {
        return move(id, List.of(State.RUNNING, State.PAUSED), State.CANCELLED);
    }

    private Uni<View> move(String id, List<State> from, State to) {
        String tenant = caller.tenant();
        UUID job = Fields.id("job", id);
        return rescores.move(tenant, job, from, to)
                .chain(moved -> moved.isPresent()
                        ? Uni.createFrom().item(View.of(moved.get()))
                        : rescores.job(tenant, job).map(found -> {
                            String state = found.map(it -> it.state().wireName())
                                    .orElseThrow(() -> Problem.notFound("there is no such job"));
                            throw Problem.conflict("the job is " + state);
                        }));
    }

    private static Instant time(String field, @Nullable String text) {
        try {
            Instant time = Instant.parse(text == null ? "" : text);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException noTime) {
            // answered below
        }
        throw Problem.unprocessable(
                field, "must be a time as 2026-03-01T00:00:00Z, from " + EARLIEST + " to " + LATEST);
    }
}
