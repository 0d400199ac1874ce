package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one rule for one group over a stretch of minutes. The same state, windows and stretch give the same outcome,
 * so a late window is answered by evaluating again from the minute that it changed.
 */
public final class GroupEvaluation {
    private final Rule rule;
    private final Metric metric;
    private final GroupHistory history;

    /**
     * Where the stretch ended and how it got there.
     *
     * @param heldAt the last minute at which the condition was measured to hold; null if at none
     */
    public record Outcome(
            AlertState state,
            Observation last,
            List<Transition> transitions,
            @Nullable Long heldAt) {}

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
        Observation seen = Watch.NO_VALUE;
        Long heldAt = null;
        long before = evaluated;
        for (long now = after + 1; now <= upTo; now++) {
            seen = watch.at(now);
            if (rule.window().restartsBetween(before, now)) {
                long end = rule.window().start(now);
                state = note(transitions, state, machine.atCalendarEnd(state, end, now), now, seen);
            }
            state = note(transitions, state, machine.next(state, seen, now), now, seen);
            if (seen instanceof Observation.Measured measured
                    && (state.phase() == Phase.FIRING ? measured.holdsOn() : measured.breached())) {
                heldAt = now;
            }
            before = now;
        }
        return new Outcome(state, seen, List.copyOf(transitions), heldAt);
    }

    /** Hands over what every minute after {@code after} up to and with {@code upTo} measured. */
    public void measured(long after, long upTo, Consumer<Observation.Measured> into) {
        Watch watch = new Watch(rule, metric, history);
        for (long now = after + 1; now <= upTo; now++) {
            if (watch.at(now) instanceof Observation.Measured measured) {
                into.accept(measured);
            }
        }
    }

    private static AlertState note(
            List<Transition> transitions, AlertState before, AlertState after, long now, Observation seen) {
        if (!after.equals(before)) {
            transitions.add(new Transition(now, after, seen));
        }
        return after;
    }
}
