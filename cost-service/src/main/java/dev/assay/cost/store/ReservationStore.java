package dev.assay.cost.store;

import dev.assay.cost.app.CallKey;
import dev.assay.cost.app.Reservations;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFigures;
import dev.assay.cost.domain.budget.Reservation;
import dev.assay.cost.domain.budget.Reservation.State;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reservations in PostgreSQL. The budget's row is locked first, and time is the database's: replicas may differ in theirs. */
@ApplicationScoped
class ReservationStore implements Reservations {
    private static final String COLUMNS = """
            r.reservation_id, r.budget_id, r.amount::text as amount, r.currency, r.model, r.period_start, r.created_time,
            r.expires_time, r.state, r.settled_amount::text as settled_amount, r.event_id, r.request""";

    private final Pool pool;
    private final TenantReads reads;

    ReservationStore(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Outcome> reserve(Request request) {
        return pool.withTransaction(tx -> locked(tx, request.tenant(), request.budget())
                .chain(budget -> budget.isEmpty()
                        ? Uni.createFrom().item(new Outcome.NoBudget())
                        : reserve(tx, budget.get(), request)));
    }

    private static Uni<Outcome> reserve(SqlConnection tx, Budget budget, Request request) {
        if (!budget.currency().equals(request.currency())) {
            return Uni.createFrom().item(new Outcome.OtherCurrency(budget.currency()));
        }
        String sql = "select clock_timestamp() as now, " + COLUMNS + " from (select) one left join reservation r"
                + " on r.tenant = $1 and r.budget_id = $2 and r.idempotency_key = $3";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(request.tenant(), request.budget(), request.idempotencyKey()))
                .chain(rows -> {
                    Row row = rows.iterator().next();
                    Instant now = row.getOffsetDateTime("now").toInstant();
                    if (row.getUUID("reservation_id") == null) {
                        return reserve(tx, budget, request, now);
                    }
                    return Uni.createFrom()
                            .item(
                                    row.getString("request").equals(request.fingerprint())
                                            ? new Outcome.Held(reservation(row, now), true)
                                            : new Outcome.KeyTaken());
                });
    }

    private static Uni<Outcome> reserve(SqlConnection tx, Budget budget, Request request, Instant now) {
        LocalDate period = budget.periodOf(now);
        return BudgetFiguresQuery.absorb(tx, budget, period)
                .chain(() -> BudgetFiguresQuery.read(tx, budget, period, now))
                .chain(figures -> budget.hard() && !figures.fits(budget.limit(), request.amount())
                        ? Uni.createFrom().item(refused(budget, figures))
                        : insert(tx, request, period, now));
    }

    private static Outcome refused(Budget budget, BudgetFigures figures) {
        return new Outcome.Refused(figures, figures.available(budget.limit()));
    }

    private static Uni<Outcome> insert(SqlConnection tx, Request request, LocalDate period, Instant now) {
        Reservation held = new Reservation(
                UUID.randomUUID(),
                request.budget(),
                request.amount(),
                request.currency(),
                request.model(),
                period,
                now,
                now.plus(request.expiresIn()),
                State.HELD,
                null,
                null);
        return tx.preparedQuery("""
                        insert into reservation (tenant, budget_id, reservation_id, idempotency_key, request, period_start,
                          amount, currency, model, created_time, expires_time, state)
                        values ($1, $2, $3, $4, $5, $6, $7::text::numeric, $8, $9, $10, $11, 'held')""")
                .execute(Tuple.tuple()
                        .addString(request.tenant())
                        .addUUID(held.budgetId())
                        .addUUID(held.id())
                        .addString(request.idempotencyKey())
                        .addString(request.fingerprint())
                        .addLocalDate(period)
                        .addString(held.amount().toPlainString())
                        .addString(held.currency())
                        .addString(held.model())
                        .addOffsetDateTime(held.createdAt().atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(held.expiresAt().atOffset(ZoneOffset.UTC)))
                .replaceWith(new Outcome.Held(held, false));
    }

    @Override
    public Uni<Optional<Ending>> settle(
            String tenant, UUID budget, UUID id, BigDecimal amount, String currency, @Nullable String eventId) {
        return ending(tenant, budget, id, (tx, held) -> {
            if (!held.currency().equals(currency)) {
                return Uni.createFrom().item(new Ending.OtherCurrency(held.currency()));
            }
            if (held.state() == State.SETTLED) {
                BigDecimal before = held.settledAmount();
                boolean same =
                        before != null && before.compareTo(amount) == 0 && Objects.equals(held.eventId(), eventId);
                return Uni.createFrom().item(same ? new Ending.Done(held) : new Ending.Conflict(held));
            }
            if (held.state() == State.RELEASED) {
                return Uni.createFrom().item(new Ending.Conflict(held));
            }
            return tx.preparedQuery("""
                            update reservation set state = 'settled', settled_time = clock_timestamp(),
                              settled_amount = $4::text::numeric, event_id = $5, event_hash = $6
                            where tenant = $1 and budget_id = $2 and reservation_id = $3""")
                    .execute(Tuple.of(
                            tenant,
                            budget,
                            id,
                            amount.toPlainString(),
                            eventId,
                            eventId == null ? null : CallKey.idOf(tenant, eventId)))
                    .replaceWith(new Ending.Done(ended(held, State.SETTLED, amount, eventId)));
        });
    }

    @Override
    public Uni<Optional<Ending>> release(String tenant, UUID budget, UUID id) {
        return ending(tenant, budget, id, (tx, held) -> switch (held.state()) {
            case SETTLED -> Uni.createFrom().item(new Ending.Conflict(held));
            case RELEASED -> Uni.createFrom().item(new Ending.Done(held));
            default ->
                tx.preparedQuery("""
                                update reservation set state = 'released'
                                where tenant = $1 and budget_id = $2 and reservation_id = $3""")
                        .execute(Tuple.of(tenant, budget, id))
                        .replaceWith(new Ending.Done(ended(held, State.RELEASED, null, null)));
        });
    }

    private Uni<Optional<Ending>> ending(
            String tenant, UUID budget, UUID id, BiFunction<SqlConnection, Reservation, Uni<Ending>> end) {
        return pool.withTransaction(tx -> locked(tx, tenant, budget)
                .chain(() -> find(tx, tenant, budget, id))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : end.apply(tx, found.get()).map(Optional::of)));
    }

    @Override
    public Uni<Optional<Reservation>> find(String tenant, UUID budget, UUID id) {
        return reads.with(tenant, connection -> find(connection, tenant, budget, id));
    }

    private static Uni<Optional<Reservation>> find(SqlConnection connection, String tenant, UUID budget, UUID id) {
        String sql = "select clock_timestamp() as now, " + COLUMNS
                + " from reservation r where r.tenant = $1 and r.budget_id = $2 and r.reservation_id = $3";
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(tenant, budget, id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    return Optional.of(
                            reservation(row, row.getOffsetDateTime("now").toInstant()));
                });
    }

    private static Uni<Optional<Budget>> locked(SqlConnection tx, String tenant, UUID budget) {
        return tx.preparedQuery(
                        "select " + BudgetRows.COLUMNS + " from budget where tenant = $1 and budget_id = $2 for update")
                .execute(Tuple.of(tenant, budget))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(BudgetRows.budget(rows.iterator().next())));
    }

    private static Reservation ended(
            Reservation held, State state, @Nullable BigDecimal amount, @Nullable String eventId) {
        return new Reservation(
                held.id(),
                held.budgetId(),
                held.amount(),
                held.currency(),
                held.model(),
                held.periodStart(),
                held.createdAt(),
                held.expiresAt(),
                state,
                amount,
                eventId);
    }

    private static Reservation reservation(Row row, Instant now) {
        String settled = row.getString("settled_amount");
        Reservation stored = new Reservation(
                row.getUUID("reservation_id"),
                row.getUUID("budget_id"),
                new BigDecimal(row.getString("amount")),
                row.getString("currency"),
                row.getString("model"),
                row.getLocalDate("period_start"),
                row.getOffsetDateTime("created_time").toInstant(),
                row.getOffsetDateTime("expires_time").toInstant(),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                settled == null ? null : new BigDecimal(settled),
                row.getString("event_id"));
        State state = stored.stateAt(now);
        return state == stored.state() ? stored : ended(stored, state, null, null);
    }
}
