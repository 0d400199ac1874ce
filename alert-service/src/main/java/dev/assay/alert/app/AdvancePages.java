package dev.assay.alert.app;

import dev.assay.alert.domain.oncall.Move;
import dev.assay.alert.domain.oncall.Rota;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Tells who is next when nobody has acknowledged in time: who is on call then, not when the incident began. */
@ApplicationScoped
public class AdvancePages {
    private static final Logger LOG = Logger.getLogger(AdvancePages.class);
    private static final int AT_ONCE = 50;

    private final PageStore pages;

    AdvancePages(PageStore pages) {
        this.pages = pages;
    }

    @Scheduled(every = "${assay.alert.deliver-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> advanceDue() {
        return pages.advance(AT_ONCE, AdvancePages::next)
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("escalations wait: %s", failure.toString());
                    return null;
                });
    }

    /** Somebody was told when the incident fired, or there would be no page. */
    private static Move next(PageStore.Page page, Rota rota) {
        return rota.move(page.policy(), page.position(), true, Instant.now());
    }
}
