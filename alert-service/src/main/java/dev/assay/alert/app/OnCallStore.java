package dev.assay.alert.app;

import dev.assay.alert.domain.oncall.Policy;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.alert.domain.oncall.StandIn;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A project's schedules and escalation policies. */
public interface OnCallStore {
    /** By name, with their stand-ins of the last week and later. */
    Uni<List<Schedule>> schedules(String tenant);

    /** Keeps a schedule, new or changed, but not its stand-ins. Fails with {@link NameTaken}. */
    Uni<Void> keep(String tenant, Schedule schedule);

    /** Forgets a schedule with its stand-ins; false if there is none. */
    Uni<Boolean> deleteSchedule(String tenant, String id);

    Uni<Void> keep(String tenant, String schedule, StandIn standIn);

    /** Forgets a stand-in; false if there is none. */
    Uni<Boolean> deleteStandIn(String tenant, String schedule, String id);

    /** By name. */
    Uni<List<Policy>> policies(String tenant);

    /** Keeps a policy, new or changed. Fails with {@link NameTaken}. */
    Uni<Void> keep(String tenant, Policy policy);

    /** Forgets a policy; false if there is none. */
    Uni<Boolean> deletePolicy(String tenant, String id);
}
