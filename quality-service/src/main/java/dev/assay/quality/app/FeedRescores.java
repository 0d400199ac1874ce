package dev.assay.quality.app;

import dev.assay.platform.sink.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Keeps the queues of judges filled from re-score jobs. */
@ApplicationScoped
class FeedRescores {
    private static final Logger LOG = Logger.getLogger(FeedRescores.class);

    private final SampleForJudge sample;
    private final Rescores rescores;

    FeedRescores(SampleForJudge sample, Rescores rescores) {
        this.sample = sample;
        this.rescores = rescores;
    }

    @Scheduled(every = "${assay.judge.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(sample.enabled().values())
                .onItem()
                .transformToUniAndConcatenate(judge -> Rounds.tolerant(
                        LOG, "re-score jobs of " + judge.tenant(), rescores.feed(judge.tenant(), Instant.now())))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
