package dev.assay.alert.app;

import dev.assay.alert.domain.quiet.Inhibition;
import dev.assay.alert.domain.quiet.Silence;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What keeps a project's alerts quiet. */
public interface QuietStore {
    /** Silences and maintenance windows, the newest first. */
    Uni<List<Silence>> silences(String tenant);

    Uni<Void> keep(String tenant, Silence silence);

    /** Forgets a silence; false if there is none. */
    Uni<Boolean> deleteSilence(String tenant, String id);

    /** Inhibitions, the newest first. */
    Uni<List<Inhibition>> inhibitions(String tenant);

    Uni<Void> keep(String tenant, Inhibition inhibition);

    /** Forgets an inhibition; false if there is none. */
    Uni<Boolean> deleteInhibition(String tenant, String id);
}
