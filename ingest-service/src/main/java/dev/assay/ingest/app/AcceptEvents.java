package dev.assay.ingest.app;

import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.control.v1.ContentPolicy;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.AcceptedTimes;
import dev.assay.ingest.domain.call.ContentRules;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Takes the events of a request in. Its answer may go out when {@code finish} is done: then the log has every event, and
 * every refusal too.
 */
@ApplicationScoped
public class AcceptEvents {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final EventLog log;
    private final ProjectDirectory projects;
    private final RateLimits limits;
    private final TenantHash hash;
    private final IngestConfig config;
    private final JsonText json;
    private final InstantSource clock;
    private final MeterRegistry meters;

    AcceptEvents(
            EventLog log,
            ProjectDirectory projects,
            RateLimits limits,
            TenantHash hash,
            IngestConfig config,
            JsonText json,
            InstantSource clock,
            MeterRegistry meters) {
        this.log = log;
        this.projects = projects;
        this.limits = limits;
        this.hash = hash;
        this.config = config;
        this.json = json;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * The intake for the calls of one request.
     *
     * @throws Problem 429 while the project has sent more than it may
     */
    public Intake calls(String tenant, Source source) {
        limits.check(tenant);
        return new Intake(tenant, source, times(), content(tenant), json);
    }

    /**
     * The intake for the feedback of one request.
     *
     * @throws Problem 429 while the project has sent more than it may
     */
    public FeedbackIntake feedback(String tenant, Source source) {
        limits.check(tenant);
        return new FeedbackIntake(tenant, source, times(), content(tenant));
    }

    /** Done when the log has all of it; fails with 503 when it has not. */
    public Uni<Intake> finish(Intake intake) {
        return log.appendCalls(intake.accepted(), intake.rejections())
                .onFailure(EventLog.Unavailable.class)
                .transform(AcceptEvents::comeBack)
                .map(done -> {
                    limits.taken(
                            intake.tenant(),
                            intake.accepted().size() + intake.rejected().size());
                    count("call", intake.accepted().size(), intake.rejected().size());
                    return intake;
                });
    }

    /** Done when the log has all of it; fails with 503 when it has not. */
    public Uni<FeedbackIntake> finish(FeedbackIntake intake) {
        return log.appendFeedback(intake.accepted(), intake.rejections())
                .onFailure(EventLog.Unavailable.class)
                .transform(AcceptEvents::comeBack)
                .map(done -> {
                    limits.taken(
                            intake.tenant(),
                            intake.accepted().size() + intake.rejected().size());
                    count(
                            "feedback",
                            intake.accepted().size(),
                            intake.rejected().size());
                    return intake;
                });
    }

    /**
     * The problem again, once it is noted that a request was refused as a whole: what the client sent is lost to it, and
     * must be in the count. What a client should send again is not.
     */
    public <T> Uni<T> refuse(String tenant, Problem problem) {
        if (problem.status() == 429 || problem.status() >= 500) {
            return Uni.createFrom().failure(problem);
        }
        Rejected rejected = new Rejected(-1, "", "", problem.body().detail());
        return log.appendCalls(List.of(), Rejections.of(tenant, times().nowUs(), List.of(rejected)))
                .onFailure(EventLog.Unavailable.class)
                .transform(AcceptEvents::comeBack)
                .chain(done -> {
                    count("call", 0, 1);
                    return Uni.createFrom().failure(problem);
                });
    }

    private void count(String event, int accepted, int rejected) {
        meters.counter("assay.ingest.events", "event", event, "outcome", "accepted")
                .increment(accepted);
        meters.counter("assay.ingest.events", "event", event, "outcome", "rejected")
                .increment(rejected);
    }

    /** Which times are acceptable now. */
    public AcceptedTimes times() {
        return AcceptedTimes.at(clock.instant(), config.retention());
    }

    private ContentRules content(String tenant) {
        ContentPolicy.Mode policy = projects.project(tenant).contentPolicy();
        ContentRules.Mode mode = switch (policy) {
            case MODE_REDACT -> ContentRules.Mode.REDACT;
            case MODE_HASH -> ContentRules.Mode.HASH;
            case MODE_DROP -> ContentRules.Mode.DROP;
            default -> ContentRules.Mode.KEEP;
        };
        return new ContentRules(mode, text -> hash.of(tenant, text), json);
    }

    private static Throwable comeBack(Throwable unavailable) {
        return Problem.unavailable("the event log is away for the moment; nothing was stored", RETRY_AFTER);
    }
}
