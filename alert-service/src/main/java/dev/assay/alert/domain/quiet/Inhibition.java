package dev.assay.alert.domain.quiet;

import dev.assay.alert.domain.rule.InvalidRule;
import java.util.List;
import java.util.Map;

/**
 * While a source alert fires, nobody is told of the target alerts that have the same values of some labels. An alert that
 * matches both sides is not inhibited by itself or by others that do, as in Alertmanager.
 *
 * @param equal labels that must be the same on both sides; a label that both lack is the same
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#inhibition-related-settings">Alertmanager:
 *     inhibition</a>
 */
public record Inhibition(String id, List<Matcher> source, List<Matcher> target, List<String> equal) {
    private static final int MAX_EQUAL = 20;

    public Inhibition {
        source = Matcher.bounded("source_matchers", source);
        target = Matcher.bounded("target_matchers", target);
        equal = List.copyOf(equal);
        if (equal.size() > MAX_EQUAL) {
            throw new InvalidRule("equal", "must have at most " + MAX_EQUAL + " labels, got: " + equal.size());
        }
    }

    /** Whether a firing alert keeps another one quiet. */
    boolean inhibits(Map<String, String> firing, Map<String, String> alert) {
        return Matcher.all(source, firing)
                && Matcher.all(target, alert)
                && !(Matcher.all(source, alert) && Matcher.all(target, firing))
                && equal.stream()
                        .allMatch(label -> firing.getOrDefault(label, "").equals(alert.getOrDefault(label, "")));
    }
}
