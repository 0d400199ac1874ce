package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.GroupHistory.Grain;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.incident.Incident;
import dev.assay.alert.domain.oncall.Rota;
import dev.assay.alert.domain.quiet.Inhibition;
import dev.assay.alert.domain.quiet.Silence;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One project's evaluation while its lease is held: what it reads, in steps, and what it saves in the end. */
public interface ProjectEvaluation {
    /** What is known before windows are read. */
    Uni<Known> known();

    /** Hands over the windows of each service as far back as needed, one by one: one consistent picture. */
    Uni<Void> windows(Map<String, HistoryNeeds> needs, WindowReader reader);

    /** The states and incidents that evaluations after the given minutes start from. */
    Uni<List<Start>> starts(Map<String, Long> afterByRule);

    /** Open incidents of rules that are not among {@code liveRules}. */
    Uni<List<Orphan>> orphans(Set<String> liveRules);

    /** Saves everything, or nothing if the transaction fails. */
    Uni<Void> save(ProjectOutcome outcome);

    /**
     * What is known before windows are read.
     *
     * @param rules the project's rules, the defaults among them
     * @param changes from where windows changed since the last evaluation
     * @param alerts each alert that has a state
     * @param recent the alerts that fired within the last hour
     * @param rota escalation policies, and who is on call
     */
    record Known(
            List<Rule> rules,
            Map<String, Cursor> cursors,
            List<Receiver> receivers,
            List<Change> changes,
            List<Alert> alerts,
            List<Silence> silences,
            List<Inhibition> inhibitions,
            List<Recent> recent,
            Rota rota) {

        /** The ids of the rules that are evaluated. */
        public Set<String> liveRules() {
            return rules.stream().filter(Rule::enabled).map(Rule::id).collect(Collectors.toUnmodifiableSet());
        }

        OptionalLong changedFrom() {
            return changes.stream().mapToLong(Change::fromMinute).min();
        }
    }

    /** How far a rule has been evaluated, and from where on it counts. */
    record Cursor(String definition, long origin, long minute) {}

    record Change(int partition, long version, long fromMinute) {}

    record Alert(
            String ruleId,
            Labels labels,
            Phase phase,
            @Nullable String incidentId) {}

    /** How often an alert began to fire within the last hour. */
    record Recent(String ruleId, String labelsKey, long episodes) {}

    /** A receiver without its secret. */
    record Receiver(String id, String name) {}

    /** An alert where an evaluation starts: its state then, null for none, and its incidents since. */
    record Start(String ruleId, Labels labels, @Nullable AlertState state, List<Incident> incidents) {}

    /** An open incident whose rule is gone or switched off. */
    record Orphan(String ruleId, String ruleName, String severity, Labels labels, Incident incident) {}

    /** Takes windows as they are read. Called by one thread at a time, never an event loop. */
    interface WindowReader {
        /** The dimensions of the project's series, before any window. */
        void series(Map<Long, Dimensions> dimensions);

        /** A window, which the reader does not keep. */
        void window(String service, Grain grain, long start, long seriesId, WindowState state);
    }
}
