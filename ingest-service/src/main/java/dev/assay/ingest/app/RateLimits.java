package dev.assay.ingest.app;

import dev.assay.ingest.domain.call.TokenBucket;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds each project to the events per second that its policy grants, on this replica. A request is taken or refused as a
 * whole, and counts once it is taken; the next one waits until what it was too much has passed.
 */
@ApplicationScoped
class RateLimits {
    private final ProjectDirectory projects;
    private final MeterRegistry meters;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    RateLimits(ProjectDirectory projects, MeterRegistry meters) {
        this.projects = projects;
        this.meters = meters;
    }

    /** @throws Problem 429 while the project has sent more than it may */
    void check(String tenant) {
        long limit = projects.project(tenant).eventsPerSecond();
        if (limit == 0) {
            return;
        }
        Duration wait = bucket(tenant, limit).untilNext(System.nanoTime());
        if (!wait.isZero()) {
            meters.counter("assay.ingest.rate.limited").increment();
            throw Problem.tooManyRequests("the project may send " + limit + " events a second", wait);
        }
    }

    /** Counts events that were taken. */
    void taken(String tenant, int events) {
        long limit = projects.project(tenant).eventsPerSecond();
        if (limit != 0) {
            bucket(tenant, limit).take(events, System.nanoTime());
        }
    }

    private TokenBucket bucket(String tenant, long limit) {
        return buckets.compute(
                tenant,
                (id, old) -> old == null || old.perSecond() != limit ? new TokenBucket(limit, System.nanoTime()) : old);
    }
}
