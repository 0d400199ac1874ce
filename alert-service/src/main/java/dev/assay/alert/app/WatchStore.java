package dev.assay.alert.app;

import dev.assay.alert.domain.watch.Finding;
import dev.assay.alert.domain.watch.SelfAlert;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the watcher's own state is kept. */
public interface WatchStore {
    /**
     * Runs {@code work} in one transaction, by one replica, if nobody has looked for {@code every}.
     *
     * @return false, and nothing run, if it was somebody else's turn
     */
    Uni<Boolean> inTurn(Duration every, Function<Look, Uni<Void>> work);

    /** How many alerts of each kind fire in all projects together; kinds without one are absent. */
    Uni<Map<Finding.Kind, Long>> firing();

    /** Takes the next beat if none was taken for {@code every}: when alerting was last looked at, null if never. */
    Uni<Optional<Beat>> takeBeat(Duration every);

    /** Records how the beat that was taken went. */
    Uni<Void> beaten(boolean sent, String detail);

    /** A beat to send; {@code lookedAt} is when alerting was last looked at, null if never. */
    record Beat(@Nullable Instant lookedAt) {}

    /** One look while it is this replica's turn. */
    interface Look {
        Uni<Signs> signs();

        /** Replaces what stands for a project, opens and ends its incidents, and queues what is to be told. */
        Uni<Void> save(String tenant, List<SelfAlert> standing, List<Notice> notices);
    }

    /**
     * What the tables say, by project.
     *
     * @param evaluated when each project was last evaluated, empty for never
     * @param failed the reason, by receiver, where the last notification of the last day did not arrive
     * @param late since when the oldest notification waits, by receiver
     */
    record Signs(
            Map<String, Optional<Instant>> evaluated,
            Map<String, Map<String, String>> failed,
            Map<String, Map<String, Instant>> late,
            Map<String, List<SelfAlert>> standing) {}

    /**
     * The begin or end of an incident of alerting itself. The receivers that ask for it are told of a begin; of an end,
     * those who were told of the begin.
     *
     * @param body what they are told; null: nobody is
     * @param except the name of a receiver that is not told, as the notice is about it; empty for none
     */
    record Notice(
            SelfAlert alert,
            boolean firing,
            Instant at,
            String rule,
            String ruleId,
            String severity,
            @Nullable String body,
            String except) {}
}
