package dev.assay.alert.app;

import dev.assay.alert.app.ProjectEvaluation.Cursor;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.Threshold;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which minutes of a rule are to be evaluated.
 *
 * @param fresh whether the rule is new or was changed
 * @param evaluated the last minute that was evaluated, before anything changed
 * @param after evaluation starts after this minute
 * @param upTo and ends with this one, the rule's clock
 */
record RulePlan(
        Rule rule,
        Metric metric,
        Set<String> services,
        boolean fresh,
        long origin,
        long evaluated,
        long after,
        long upTo) {

    /**
     * The plan for a rule, or empty when there is nothing to do.
     *
     * <p>A new rule starts one {@code for} back, so that what has been wrong for that long fires at once. A changed window
     * takes a known rule back to it, within {@code horizonMinutes}.
     */
    static Optional<RulePlan> of(
            Rule rule,
            Metric metric,
            String tenant,
            Clocks clocks,
            @Nullable Cursor cursor,
            OptionalLong changedFrom,
            long horizonMinutes) {
        OptionalLong clock = clocks.minute(tenant, metric.measures());
        if (clock.isEmpty() || clock.getAsLong() <= 0) {
            return Optional.empty();
        }
        long upTo = clock.getAsLong();
        Set<String> services = clocks.services(metric.measures());
        if (cursor == null || !cursor.definition().equals(definition(rule))) {
            long origin = upTo - rule.forMinutes() - 1;
            return Optional.of(new RulePlan(rule, metric, services, true, origin, origin, origin, upTo));
        }
        long evaluated = cursor.minute();
        long end = Math.max(upTo, evaluated);
        long after = Math.max(evaluated, end - horizonMinutes);
        if (changedFrom.isPresent() && changedFrom.getAsLong() < evaluated) {
            long earliest = Math.max(cursor.origin(), end - horizonMinutes);
            after = Math.min(after, Math.max(changedFrom.getAsLong(), earliest));
        }
        return end <= after
                ? Optional.empty()
                : Optional.of(new RulePlan(rule, metric, services, false, cursor.origin(), evaluated, after, end));
    }

    /** What of a rule, if it is changed, starts it anew. */
    static String definition(Rule rule) {
        return RuleText.write(rule)
                .without(java.util.List.of(
                        "name",
                        "receivers",
                        "severity",
                        "escalation",
                        "escalation_policy",
                        "labels",
                        "runbook",
                        "summary"))
                .toString();
    }

    /** The same stretch under another threshold. */
    RulePlan under(Threshold threshold) {
        return new RulePlan(rule.under(threshold), metric, services, fresh, origin, evaluated, after, upTo);
    }

    HistoryNeeds needs() {
        return HistoryNeeds.of(rule, after, upTo);
    }

    Cursor cursor() {
        return new Cursor(definition(rule), origin, upTo);
    }
}
