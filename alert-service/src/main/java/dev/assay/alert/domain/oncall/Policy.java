package dev.assay.alert.domain.oncall;

import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import java.util.List;

/**
 * Who is told, one step after another, until somebody acknowledges or it is over.
 *
 * @param repeat how often it begins anew after the last step
 */
public record Policy(String id, String name, List<Step> steps, int repeat) {
    private static final int MAX_STEPS = 10;
    private static final int MAX_REPEAT = 9;
    private static final int MAX_TARGETS = 50;

    /**
     * One step.
     *
     * @param schedules names or ids of schedules: who is on call when the step begins is told
     * @param receivers names or ids of receivers
     * @param timeout how long it is waited for an acknowledgement before the next step
     */
    public record Step(List<String> schedules, List<String> receivers, Duration timeout) {
        public Step {
            int targets = schedules.size() + receivers.size();
            if (targets == 0 || targets > MAX_TARGETS) {
                throw new InvalidRule("steps", "must have 1 to " + MAX_TARGETS + " schedules and receivers each");
            }
            if (timeout.compareTo(Duration.ofMinutes(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
                throw new InvalidRule("steps", "must have a timeout of 1m to 1d, got: " + DurationText.format(timeout));
            }
            schedules = List.copyOf(schedules);
            receivers = List.copyOf(receivers);
        }
    }

    public Policy {
        Names.requireName("name", name);
        if (steps.isEmpty() || steps.size() > MAX_STEPS) {
            throw new InvalidRule("steps", "must have 1 to " + MAX_STEPS + " entries");
        }
        if (repeat < 0 || repeat > MAX_REPEAT) {
            throw new InvalidRule("repeat", "must be 0 to " + MAX_REPEAT + ", got: " + repeat);
        }
        steps = List.copyOf(steps);
    }

    /** How many steps there are with the repeats. */
    int length() {
        return steps.size() * (repeat + 1);
    }

    /** The step at a position, which goes on through the repeats. */
    Step step(int position) {
        return steps.get(position % steps.size());
    }
}
