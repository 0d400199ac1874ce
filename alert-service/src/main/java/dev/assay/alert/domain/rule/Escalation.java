package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.List;

/**
 * Who is told too if nobody has acknowledged an incident for a while and it still fires.
 *
 * @param after how long after people were first told
 * @param receivers names or ids
 */
public record Escalation(Duration after, List<String> receivers) {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MAX_STEPS = 10;
    private static final int MAX_RECEIVERS = 50;

    public Escalation {
        if (after.compareTo(Duration.ofMinutes(1)) < 0 || after.compareTo(LONGEST) > 0) {
            throw new InvalidRule("escalation", "must have an after of 1m to 1d, got: " + DurationText.format(after));
        }
        if (receivers.isEmpty() || receivers.size() > MAX_RECEIVERS) {
            throw new InvalidRule("escalation", "must have 1 to " + MAX_RECEIVERS + " receivers in each step");
        }
        receivers = List.copyOf(receivers);
    }

    /** The steps, which must be few and each later than the one before. */
    static List<Escalation> ordered(List<Escalation> steps) {
        if (steps.size() > MAX_STEPS) {
            throw new InvalidRule("escalation", "must have at most " + MAX_STEPS + " steps, got: " + steps.size());
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).after().compareTo(steps.get(i - 1).after()) <= 0) {
                throw new InvalidRule("escalation", "must have steps that are each later than the one before");
            }
        }
        return List.copyOf(steps);
    }
}
