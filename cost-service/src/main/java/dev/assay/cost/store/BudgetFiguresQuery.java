package dev.assay.cost.store;

import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFigures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Adds a period of a budget up, in one statement and so in one view of the data: a settled call counts by its client's word
 * or by the ledger's, and at no time by both or by neither.
 */
final class BudgetFiguresQuery {
    /** How far from its reservation's day a call may have started to be looked for. */
    private static final int DAYS_AROUND = 3;

    private BudgetFiguresQuery() {}

    static Uni<BudgetFigures> read(SqlConnection connection, Budget budget, LocalDate period, Instant now) {
        Tuple values = Tuple.of(budget.tenant(), budget.id(), period, now.atOffset(ZoneOffset.UTC));
        String sql = """
            with spend as (
              select coalesce(sum(amount), 0)::text as amount, coalesce(sum(unpriced_calls), 0)::bigint as unpriced
              from budget_spend where tenant = $1 and budget_id = $2 and period_start = $3)
            select spend.amount, spend.unpriced,
              (select coalesce(sum(r.settled_amount), 0)::text from reservation r
                where r.tenant = $1 and r.budget_id = $2 and r.period_start = $3 and r.state = 'settled'
                  and not r.in_ledger and not %s) as settled,
              (select coalesce(sum(amount), 0)::text from reservation
                where tenant = $1 and budget_id = $2 and period_start = $3 and state = 'held'
                  and expires_time > $4) as reserved
            from spend""".formatted(isInLedger(budget, values));
        return connection.preparedQuery(sql).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            return new BudgetFigures(
                    period,
                    new BigDecimal(row.getString("amount")),
                    new BigDecimal(row.getString("settled")),
                    new BigDecimal(row.getString("reserved")),
                    row.getLong("unpriced"));
        });
    }

    /** Notes of settled calls that the ledger has by now, so that they are not looked for again. */
    static Uni<Void> absorb(SqlConnection tx, Budget budget, LocalDate period) {
        Tuple values = Tuple.of(budget.tenant(), budget.id(), period);
        String sql = """
            update reservation r set in_ledger = true
            where r.tenant = $1 and r.budget_id = $2 and r.period_start = $3 and r.state = 'settled'
              and not r.in_ledger and %s""".formatted(isInLedger(budget, values));
        return tx.preparedQuery(sql).execute(values).replaceWithVoid();
    }

    /**
     * Whether the ledger counts the call of reservation {@code r} in this budget. A call without a price counts by its
     * client's word, and so does one that the budget's filter leaves out.
     */
    private static String isInLedger(Budget budget, Tuple values) {
        values.addLong(micros(budget.startOf(budget.firstPeriod())));
        String first = "$" + values.size();
        return """
            (r.event_hash is not null and exists (
              select from ledger l left join series s on s.tenant = l.tenant and s.series_id = l.series_id
              where l.tenant = r.tenant and l.id = r.event_hash
                and l.ledger_day between r.created_time::date - date '1970-01-01' - %1$d
                  and r.created_time::date - date '1970-01-01' + %1$d
                and not l.withdrawn and l.list_cost is not null and l.start_us >= %2$s%3$s))""".formatted(DAYS_AROUND, first, BudgetRows.condition(budget.filter(), values));
    }

    static long micros(Instant instant) {
        return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1000;
    }
}
