package dev.assay.alert.domain.oncall;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A project's policies and schedules together, and the receivers that there are.
 *
 * @param receivers those that can be told
 */
public record Rota(List<Policy> policies, List<Schedule> schedules, List<Known> receivers) {
    /** None of anything. */
    public static final Rota NONE = new Rota(List.of(), List.of(), List.of());

    /** A receiver by its id and name. */
    public record Known(String id, String name) {}

    public Rota {
        policies = List.copyOf(policies);
        schedules = List.copyOf(schedules);
        receivers = List.copyOf(receivers);
    }

    /**
     * What an incident under a policy does at {@code now}. A step that reaches nobody is passed over at once. If nobody
     * was told before and nobody is reached by what is left of the policy, everyone is told.
     *
     * @param policy name or id
     * @param position of the step, from 0 through all repeats
     * @param told whether somebody was told before
     */
    public Move move(String policy, int position, boolean told, Instant now) {
        Optional<Policy> known = policies.stream()
                .filter(one -> one.name().equals(policy) || one.id().equals(policy))
                .findFirst();
        int length = known.map(Policy::length).orElse(0);
        for (int at = Math.max(0, position); at < length; at++) {
            Policy.Step step = known.orElseThrow().step(at);
            Set<String> reached = reached(step, now);
            if (!reached.isEmpty()) {
                boolean more = at + 1 < length;
                return new Move(
                        List.copyOf(reached),
                        Move.Reason.STEP,
                        more ? Integer.valueOf(at + 1) : null,
                        more ? step.timeout() : Duration.ZERO);
            }
        }
        return told
                ? Move.end()
                : new Move(receivers.stream().map(Known::id).toList(), Move.Reason.NOBODY_REACHED, null, Duration.ZERO);
    }

    private Set<String> reached(Policy.Step step, Instant now) {
        Set<String> ids = new LinkedHashSet<>();
        for (String name : step.schedules()) {
            schedules.stream()
                    .filter(schedule ->
                            schedule.name().equals(name) || schedule.id().equals(name))
                    .flatMap(schedule -> schedule.onCall(now).stream())
                    .forEach(person -> ids.addAll(ids(person.receivers())));
        }
        ids.addAll(ids(step.receivers()));
        return ids;
    }

    private List<String> ids(List<String> namesOrIds) {
        return receivers.stream()
                .filter(known -> namesOrIds.contains(known.name()) || namesOrIds.contains(known.id()))
                .map(Known::id)
                .toList();
    }
}
