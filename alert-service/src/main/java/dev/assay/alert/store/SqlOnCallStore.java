package dev.assay.alert.store;

import dev.assay.alert.app.OnCallStore;
import dev.assay.alert.app.OnCallText;
import dev.assay.alert.domain.oncall.Policy;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.alert.domain.oncall.StandIn;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Schedules and policies as rows that hold their JSON. */
@ApplicationScoped
class SqlOnCallStore implements OnCallStore {
    private static final String STAND_INS = """
            select schedule_id, override_id, person, starts_time, ends_time from schedule_override
            where tenant = $1 and ends_time > now() - interval '7 days' order by seq""";

    private static final String KEEP_SCHEDULE = """
            insert into schedule (tenant, schedule_id, name, definition) values ($1, $2, $3, $4)
            on conflict (tenant, schedule_id) do update set name = excluded.name, definition = excluded.definition""";

    private static final String KEEP_POLICY = """
            insert into escalation_policy (tenant, policy_id, name, definition) values ($1, $2, $3, $4)
            on conflict (tenant, policy_id) do update set name = excluded.name, definition = excluded.definition""";

    private final Pool pool;
    private final TenantReads reads;

    SqlOnCallStore(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<List<Schedule>> schedules(String tenant) {
        return reads.with(tenant, connection -> schedules(connection, tenant));
    }

    @Override
    public Uni<List<Policy>> policies(String tenant) {
        return reads.with(tenant, connection -> policies(connection, tenant));
    }

    static Uni<List<Schedule>> schedules(SqlConnection connection, String tenant) {
        Map<String, List<StandIn>> standIns = new HashMap<>();
        return list(
                        connection,
                        STAND_INS,
                        tenant,
                        row -> standIns.computeIfAbsent(row.getString(0), schedule -> new ArrayList<>())
                                .add(new StandIn(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getOffsetDateTime(3).toInstant(),
                                        row.getOffsetDateTime(4).toInstant())))
                .chain(() -> list(
                        connection,
                        "select schedule_id, definition from schedule where tenant = $1 order by name",
                        tenant,
                        row -> OnCallText.schedule(row.getString(0), OnCallText.parsed(row.getString(1)))
                                .with(standIns.getOrDefault(row.getString(0), List.of()))));
    }

    static Uni<List<Policy>> policies(SqlConnection connection, String tenant) {
        return list(
                connection,
                "select policy_id, definition from escalation_policy where tenant = $1 order by name",
                tenant,
                row -> OnCallText.policy(row.getString(0), OnCallText.parsed(row.getString(1))));
    }

    @Override
    public Uni<Void> keep(String tenant, Schedule schedule) {
        return named(
                schedule.name(),
                KEEP_SCHEDULE,
                Tuple.of(
                        tenant,
                        schedule.id(),
                        schedule.name(),
                        OnCallText.write(schedule.with(List.of())).toString()));
    }

    @Override
    public Uni<Boolean> deleteSchedule(String tenant, String id) {
        return deleted("delete from schedule where tenant = $1 and schedule_id = $2", Tuple.of(tenant, id));
    }

    @Override
    public Uni<Void> keep(String tenant, String schedule, StandIn standIn) {
        return pool.preparedQuery("""
                        insert into schedule_override (tenant, schedule_id, override_id, person, starts_time, ends_time)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(
                        tenant,
                        schedule,
                        standIn.id(),
                        standIn.person(),
                        standIn.startsAt().atOffset(ZoneOffset.UTC),
                        standIn.endsAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> deleteStandIn(String tenant, String schedule, String id) {
        return deleted(
                "delete from schedule_override where tenant = $1 and schedule_id = $2 and override_id = $3",
                Tuple.of(tenant, schedule, id));
    }

    @Override
    public Uni<Void> keep(String tenant, Policy policy) {
        return named(
                policy.name(),
                KEEP_POLICY,
                Tuple.of(
                        tenant,
                        policy.id(),
                        policy.name(),
                        OnCallText.write(policy).toString()));
    }

    @Override
    public Uni<Boolean> deletePolicy(String tenant, String id) {
        return deleted("delete from escalation_policy where tenant = $1 and policy_id = $2", Tuple.of(tenant, id));
    }

    private Uni<Void> named(String name, String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .replaceWithVoid()
                .onFailure(UniqueNames::isTaken)
                .transform(failure -> UniqueNames.taken(name));
    }

    private Uni<Boolean> deleted(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(rows -> rows.rowCount() > 0);
    }

    private static <T> Uni<List<T>> list(
            SqlConnection connection, String sql, String tenant, Function<Row, T> reading) {
        return connection.preparedQuery(sql).execute(Tuple.of(tenant)).map(rows -> {
            List<T> all = new ArrayList<>();
            rows.forEach(row -> all.add(reading.apply(row)));
            return all;
        });
    }
}
