package dev.assay.alert.app;

import dev.assay.alert.domain.oncall.Move;
import dev.assay.alert.domain.oncall.Rota;
import io.smallrye.mutiny.Uni;
import java.util.function.BiFunction;

/** Incidents under an escalation policy that nobody has acknowledged. */
public interface PageStore {
    /**
     * Takes up to {@code max} pages whose next step is due, and does what {@code decide} says of each: its receivers
     * are told, its next step is set, and one without goes. All in one transaction; pages that another replica has are
     * left.
     *
     * @return how many were taken
     */
    Uni<Integer> advance(int max, BiFunction<Page, Rota, Move> decide);

    /** An incident and the position of its policy's next step. */
    record Page(String tenant, String incidentId, String policy, int position) {}
}
