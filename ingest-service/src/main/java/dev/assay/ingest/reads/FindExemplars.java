package dev.assay.ingest.reads;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.store.CallReads;
import dev.assay.ingest.store.CallReads.Found;
import dev.assay.ingest.store.CallReads.Order;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.tenancy.TenantReads;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Calls to look at behind a figure: the slowest and the latest that failed.
 *
 * <p>The windows tell in which hours they lie, then in which of their minutes: of the calls, only those of a few minutes are
 * looked at, however many there are.
 */
@ApplicationScoped
class FindExemplars {
    /** Steps that are looked into on each level. */
    private static final int STEPS = 5;

    private final RollupReader rollups;
    private final TenantReads reads;

    FindExemplars(RollupReader rollups, TenantReads reads) {
        this.rollups = rollups;
        this.reads = reads;
    }

    /** What was found; either list may be empty. */
    record Exemplars(List<Call> slowest, List<Call> errors) {}

    private record Places(OptionalInt bucket, List<TimeRange> slow, List<TimeRange> failed) {}

    Uni<Exemplars> of(String tenant, KpiQuery query, int limit) {
        return steps(tenant, query, query.range(), Step.HOUR)
                .map(window -> {
                    OptionalInt bucket = ExemplarSteps.slowBucket(window.total(), limit);
                    return places(window.steps(), bucket);
                })
                .chain(hours -> minutes(tenant, query, hours.slow())
                        .chain(slow -> minutes(tenant, query, hours.failed())
                                .map(failed -> new Places(
                                        hours.bucket(),
                                        places(slow, hours.bucket()).slow(),
                                        ExemplarSteps.failed(failed, STEPS)))))
                .chain(places -> reads.with(tenant, connection -> calls(connection, tenant, query, places, limit)));
    }

    private static Places places(List<StepWindow> steps, OptionalInt bucket) {
        List<TimeRange> slow = bucket.isEmpty() ? List.of() : ExemplarSteps.slow(steps, bucket.getAsInt(), STEPS);
        return new Places(bucket, slow, ExemplarSteps.failed(steps, STEPS));
    }

    private Uni<GroupWindows> steps(String tenant, KpiQuery query, TimeRange range, Step step) {
        KpiQuery narrowed = new KpiQuery(range, step, List.of(), query.filters(), query.zone(), query.now());
        return rollups.readRange(tenant, narrowed, Detail.SUMS).map(groups -> groups.get(0));
    }

    private Uni<List<StepWindow>> minutes(String tenant, KpiQuery query, List<TimeRange> hours) {
        return Multi.createFrom()
                .iterable(hours)
                .onItem()
                .transformToUniAndConcatenate(hour -> steps(tenant, query, hour, Step.MINUTE))
                .collect()
                .asList()
                .map(windows -> {
                    List<StepWindow> steps = new ArrayList<>();
                    windows.forEach(window -> steps.addAll(window.steps()));
                    return steps;
                });
    }

    private static Uni<Exemplars> calls(
            SqlConnection connection, String tenant, KpiQuery query, Places places, int limit) {
        OptionalInt bucket = places.bucket();
        Uni<List<Call>> slowest = bucket.isEmpty()
                ? Uni.createFrom().item(List.of())
                : in(
                        connection,
                        places.slow(),
                        limit,
                        minute -> counting(tenant, query, Order.DURATION, minute)
                                .where("c.duration_us >= ?", (long) ExponentialHistogram.lowerBound(bucket.getAsInt()))
                                .where("coalesce(c.error_class, '') <> 'cancelled'"));
        Uni<List<Call>> errors = in(
                connection,
                places.failed(),
                limit,
                minute -> counting(tenant, query, Order.START_TIME, minute)
                        .where("c.status = ?", (short) Status.STATUS_ERROR_VALUE)
                        .where("coalesce(c.error_class, '') <> 'cancelled'"));
        return slowest.chain(slow -> errors.map(failed -> new Exemplars(slow, failed)));
    }

    /** Those that lists of each minute begin with, merged: the largest places first. */
    private static Uni<List<Call>> in(
            SqlConnection connection, List<TimeRange> minutes, int limit, Function<TimeRange, CallReads> list) {
        return Multi.createFrom()
                .iterable(minutes)
                .onItem()
                .transformToUniAndConcatenate(minute -> list.apply(minute).first(connection, true, limit))
                .collect()
                .asList()
                .map(pages -> pages.stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(Found::place).reversed())
                        .limit(limit)
                        .map(Found::call)
                        .toList());
    }

    private static CallReads counting(String tenant, KpiQuery query, Order order, TimeRange minute) {
        return CallReads.list(tenant, order)
                .ofDimensions(query.filters())
                .where("c.countable and not c.superseded")
                .where("c.start_us >= ?", Minutes.startMicros(minute.firstMinute()))
                .where("c.start_us < ?", Minutes.startMicros(minute.endMinute()));
    }
}
