package dev.assay.platform.sink;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** How a job that runs every so often meets an outage: one line in the log, and the next round tries again. */
public final class Rounds {

    /** The round, ended without failure. */
    public static Uni<Void> tolerant(Logger log, String job, Uni<Void> round) {
        return round.onFailure().recoverWithItem(failure -> {
            log.warnf("%s: this round failed, the next tries again: %s", job, failure.getMessage());
            return null;
        });
    }

    private Rounds() {}
}
