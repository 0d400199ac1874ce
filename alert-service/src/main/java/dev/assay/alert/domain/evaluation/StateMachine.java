package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import java.util.Objects;

/**
 * From one evaluation to the next: {@code for} and {@code keep_firing_for} as Prometheus has them.
 *
 * <p>A condition that first holds at minute t is pending at t and fires at the first evaluation at or after t + for.
 * Where Prometheus drops an alert whose series is absent, a minute without a value means what the rule's
 * {@link NoDataPolicy} says; by default both clocks run on through it.
 */
final class StateMachine {
    private final long forMinutes;
    private final long keepFiringForMinutes;
    private final NoDataPolicy noData;

    private enum Condition {
        HOLDS,
        HOLDS_NOT,
        UNKNOWN
    }

    StateMachine(Rule rule) {
        this.forMinutes = rule.forMinutes();
        this.keepFiringForMinutes = rule.keepFiringForMinutes();
        this.noData = rule.noData();
    }

    /** The state after what was seen at minute {@code now}. */
    AlertState next(AlertState state, Observation seen, long now) {
        Condition condition = condition(seen, state.phase() == Phase.FIRING);
        return switch (state.phase()) {
            case NO_DATA, INACTIVE, RESOLVED -> fromRest(state, seen, condition, now);
            case PENDING -> fromPending(state, condition, now);
            case FIRING -> fromFiring(state, condition, now);
        };
    }

    /** The state when a calendar's window ends at minute {@code end}: nothing is carried into the next one. */
    AlertState atCalendarEnd(AlertState state, long end, long now) {
        return switch (state.phase()) {
            case FIRING -> state.resolved(now, end);
            case PENDING -> AlertState.inactive(now);
            case NO_DATA, INACTIVE, RESOLVED -> state;
        };
    }

    private Condition condition(Observation seen, boolean firing) {
        if (seen instanceof Observation.Measured measured) {
            return (firing ? measured.holdsOn() : measured.breached()) ? Condition.HOLDS : Condition.HOLDS_NOT;
        }
        return switch (noData) {
            case KEEP -> Condition.UNKNOWN;
            case OK -> Condition.HOLDS_NOT;
            case ALERT -> Condition.HOLDS;
        };
    }

    private AlertState fromRest(AlertState state, Observation seen, Condition condition, long now) {
        if (condition == Condition.HOLDS) {
            return forMinutes == 0 ? AlertState.firing(now, now) : AlertState.pending(now);
        }
        if (state.phase() == Phase.RESOLVED) {
            return state;
        }
        boolean known = seen instanceof Observation.Measured;
        Phase rest = known ? Phase.INACTIVE : Phase.NO_DATA;
        if (state.phase() == rest) {
            return state;
        }
        return known ? AlertState.inactive(now) : AlertState.noData(now);
    }

    private AlertState fromPending(AlertState state, Condition condition, long now) {
        if (condition == Condition.HOLDS_NOT) {
            return AlertState.inactive(now);
        }
        long activeSince = Objects.requireNonNull(state.activeSince());
        return now - activeSince >= forMinutes ? AlertState.firing(activeSince, now) : state;
    }

    private AlertState fromFiring(AlertState state, Condition condition, long now) {
        if (condition == Condition.HOLDS) {
            return state.clearSince() == null ? state : state.clearingSince(null);
        }
        Long clearing = state.clearSince();
        if (condition == Condition.UNKNOWN && clearing == null) {
            return state;
        }
        long clearSince = clearing == null ? now : clearing;
        if (now - clearSince >= keepFiringForMinutes) {
            return state.resolved(now, now);
        }
        return clearing == null ? state.clearingSince(now) : state;
    }
}
