package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.domain.oncall.Policy;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.alert.domain.oncall.StandIn;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps schedules, stand-ins and escalation policies. They hold from the next step of an escalation on. */
@ApplicationScoped
public class ManageOnCall {
    private static final int MAX_EACH = 100;
    private static final int MAX_STAND_INS = 200;

    private final OnCallStore store;
    private final ReceiverStore receivers;

    ManageOnCall(OnCallStore store, ReceiverStore receivers) {
        this.store = store;
        this.receivers = receivers;
    }

    public Uni<List<Schedule>> schedules(String tenant) {
        return store.schedules(tenant);
    }

    public Uni<Schedule> schedule(String tenant, String id) {
        return store.schedules(tenant)
                .map(all -> all.stream()
                        .filter(schedule -> schedule.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("no schedule " + id)));
    }

    /** Keeps a new schedule, or under the id of a known one what it is now. */
    public Uni<Schedule> keepSchedule(String tenant, @Nullable String known, JsonNode json) {
        Schedule wanted = valid(() -> OnCallText.schedule(known == null ? newId("sch") : known, json));
        return store.schedules(tenant)
                .map(all -> {
                    requireRoom(all.size(), MAX_EACH, "schedules", known);
                    return known == null
                            ? wanted
                            : wanted.with(all.stream()
                                    .filter(one -> one.id().equals(known))
                                    .findFirst()
                                    .orElseThrow(() -> Problem.notFound("no schedule " + known))
                                    .standIns());
                })
                .call(schedule -> receivers
                        .all(tenant)
                        .invoke(there -> schedule.people()
                                .forEach(person -> requireReceivers("people", person.receivers(), there))))
                .call(schedule -> store.keep(tenant, schedule)
                        .onFailure(NameTaken.class)
                        .transform(taken -> Problem.conflict("another schedule has the name " + schedule.name())));
    }

    public Uni<Void> deleteSchedule(String tenant, String id) {
        return store.deleteSchedule(tenant, id)
                .invoke(deleted -> requireFound(deleted, "schedule", id))
                .replaceWithVoid();
    }

    /** Lets somebody of a schedule stand in. */
    public Uni<StandIn> standIn(String tenant, String id, JsonNode json) {
        StandIn standIn = valid(() -> OnCallText.standIn(newId("ovr"), json));
        if (!standIn.endsAt().isAfter(Instant.now())) {
            throw Problem.unprocessable("ends_at", "must lie in the future, got: " + standIn.endsAt());
        }
        return schedule(tenant, id)
                .invoke(schedule -> {
                    requireRoom(schedule.standIns().size(), MAX_STAND_INS, "overrides in a schedule", null);
                    if (schedule.person(standIn.person()).isEmpty()) {
                        throw Problem.unprocessable("person", "must be the name of one of the people of the schedule");
                    }
                })
                .chain(() -> store.keep(tenant, id, standIn))
                .replaceWith(standIn);
    }

    public Uni<Void> deleteStandIn(String tenant, String schedule, String id) {
        return store.deleteStandIn(tenant, schedule, id)
                .invoke(deleted -> requireFound(deleted, "override", id))
                .replaceWithVoid();
    }

    public Uni<List<Policy>> policies(String tenant) {
        return store.policies(tenant);
    }

    public Uni<Policy> policy(String tenant, String id) {
        return store.policies(tenant)
                .map(all -> all.stream()
                        .filter(policy -> policy.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("no escalation policy " + id)));
    }

    /** Keeps a new policy, or under the id of a known one what it is now. */
    public Uni<Policy> keepPolicy(String tenant, @Nullable String known, JsonNode json) {
        Policy wanted = valid(() -> OnCallText.policy(known == null ? newId("esc") : known, json));
        return store.policies(tenant)
                .invoke(all -> {
                    requireRoom(all.size(), MAX_EACH, "escalation policies", known);
                    requireFound(
                            known == null
                                    || all.stream().anyMatch(one -> one.id().equals(known)),
                            "escalation policy",
                            String.valueOf(known));
                })
                .chain(() -> receivers.all(tenant))
                .invoke(there -> wanted.steps().forEach(step -> requireReceivers("steps", step.receivers(), there)))
                .chain(() -> store.schedules(tenant))
                .invoke(there -> wanted.steps().forEach(step -> requireSchedules(step, there)))
                .chain(() -> store.keep(tenant, wanted)
                        .onFailure(NameTaken.class)
                        .transform(
                                taken -> Problem.conflict("another escalation policy has the name " + wanted.name())))
                .replaceWith(wanted);
    }

    public Uni<Void> deletePolicy(String tenant, String id) {
        return store.deletePolicy(tenant, id)
                .invoke(deleted -> requireFound(deleted, "escalation policy", id))
                .replaceWithVoid();
    }

    private static void requireSchedules(Policy.Step step, List<Schedule> there) {
        for (String name : step.schedules()) {
            if (there.stream()
                    .noneMatch(one -> one.name().equals(name) || one.id().equals(name))) {
                throw Problem.unprocessable("steps", "must have names or ids of schedules, there is none: " + name);
            }
        }
    }

    private static void requireReceivers(String field, List<String> names, List<ReceiverStore.Receiver> there) {
        for (String name : names) {
            if (there.stream()
                    .noneMatch(one -> one.name().equals(name) || one.id().equals(name))) {
                throw Problem.unprocessable(field, "must have names or ids of receivers, there is none: " + name);
            }
        }
    }

    private static void requireRoom(int existing, int most, String what, @Nullable String known) {
        if (known == null && existing >= most) {
            throw Problem.conflict("there are at most " + most + " " + what);
        }
    }

    private static void requireFound(boolean found, String what, String id) {
        if (!found) {
            throw Problem.notFound("no " + what + " " + id);
        }
    }

    private static String newId(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    private static <T> T valid(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidRule invalid) {
            throw Problem.unprocessable(invalid.field(), String.valueOf(invalid.getMessage()));
        }
    }
}
