package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates one rule for one group over a stretch of minutes. The same state, windows and stretch give the same outcome,
 * so a late window is answered by evaluating again from the minute that it changed.
 */
public final class GroupEvaluation {
    private static final Observation NO_VALUE = new Observation.Missing("no data in the window");

    private final Rule rule;
    private final Metric metric;
    private final GroupHistory history;

    /** Where the stretch ended and how it got there. */
    public record Outcome(AlertState state, Observation last, List<Transition> transitions) {}

    public GroupEvaluation(Rule rule, Metric metric, GroupHistory history) {
        this.rule = rule;
        this.metric = metric;
        this.history = history;
    }

    /**
     * Evaluates every minute after {@code after} up to and with {@code upTo}, which lies after it.
     *
     * @param start the state at {@code evaluated}
     * @param evaluated the last minute that was evaluated: {@code after}, unless a stretch is left out
     */
    public Outcome run(AlertState start, long evaluated, long after, long upTo) {
        if (upTo <= after) {
            throw new IllegalArgumentException("upTo must be after " + after + ", got: " + upTo);
        }
        StateMachine machine = new StateMachine(rule);
        Watch watch = new Watch(rule, metric, history);
        List<Transition> transitions = new ArrayList<>();
        AlertState state = start;
        Observation seen = NO_VALUE;
        long before = evaluated;
        for (long now = after + 1; now <= upTo; now++) {
            seen = watch.at(now);
            if (rule.window().restartsBetween(before, now)) {
                long end = rule.window().start(now);
                state = note(transitions, state, machine.atCalendarEnd(state, end, now), now, seen);
            }
            state = note(transitions, state, machine.next(state, seen, now), now, seen);
            before = now;
        }
        return new Outcome(state, seen, List.copyOf(transitions));
    }

    private static AlertState note(
            List<Transition> transitions, AlertState before, AlertState after, long now, Observation seen) {
        if (!after.equals(before)) {
            transitions.add(new Transition(now, after, seen));
        }
        return after;
    }

    /** The rule's value and threshold, minute by minute. */
    private static final class Watch {
        private final Rule rule;
        private final Metric metric;
        private final RollingWindow window;
        private final Optional<BaselineReading> baseline;
        private Optional<Reading> reading = Optional.empty();

        Watch(Rule rule, Metric metric, GroupHistory history) {
            this.rule = rule;
            this.metric = metric;
            this.window = new RollingWindow(history, rule.window());
            this.baseline = rule.threshold() instanceof Threshold.TimesBaseline times
                    ? Optional.of(new BaselineReading(rule, metric, times.baseline(), history))
                    : Optional.empty();
        }

        Observation at(long now) {
            WindowState merged = window.endingAt(now);
            if (window.changed()) {
                reading = metric.read(
                        merged, Duration.ofMinutes(now - rule.window().start(now)));
            }
            if (reading.isEmpty()) {
                return NO_VALUE;
            }
            Reading current = reading.get();
            if (current.samples() < rule.minSamples()) {
                return new Observation.Missing("too few samples: " + current.samples() + " of " + rule.minSamples());
            }
            if (rule.threshold() instanceof Threshold.Constant constant) {
                return measured(current, constant.value());
            }
            double factor = ((Threshold.TimesBaseline) rule.threshold()).factor();
            BaselineReading.Level level = baseline.orElseThrow().at(now);
            Double usual = level.value();
            return usual == null ? new Observation.Missing(level.reason()) : measured(current, factor * usual);
        }

        private Observation measured(Reading current, double threshold) {
            return new Observation.Measured(
                    current.value(), threshold, current.samples(), rule.op().holds(current.value(), threshold));
        }
    }
}
