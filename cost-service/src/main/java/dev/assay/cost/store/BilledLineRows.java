package dev.assay.cost.store;

import dev.assay.cost.app.Reconciliations.Imported;
import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ChargeKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lines of a bill, those that no comparison tells apart added up. */
final class BilledLineRows {
    private record Key(
            LocalDate day, String provider, @Nullable String model, ChargeKind kind, Cell cell) {}

    private BilledLineRows() {}

    /** The values of {@link #insert}. */
    static Tuple insertion(Imported imported, List<BilledLine> lines) {
        List<BilledLine> sums = sums(lines);
        Integer[] numbers = new Integer[sums.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return Tuple.tuple()
                .addString(imported.tenant())
                .addUUID(imported.id())
                .addArrayOfInteger(numbers)
                .addArrayOfString(texts(sums, line -> line.day().toString()))
                .addArrayOfString(texts(sums, BilledLine::provider))
                .addArrayOfString(texts(sums, BilledLine::model))
                .addArrayOfString(texts(sums, line -> name(line.kind())))
                .addArrayOfString(texts(sums, line -> name(line.cell().tier())))
                .addArrayOfString(texts(sums, line -> name(line.cell().part())))
                .addArrayOfString(texts(sums, line -> line.amount().toPlainString()))
                .addArrayOfString(texts(sums, line -> line.roundingBound().toPlainString()));
    }

    static Uni<Void> insert(SqlConnection tx, Tuple insertion) {
        return tx.preparedQuery("""
                        insert into reconciliation_line (tenant, reconciliation_id, line, day, provider, model, kind, tier, part,
                          amount, rounding_bound)
                        select $1, $2, t.line, t.day::date, t.provider, t.model, t.kind, t.tier, t.part, t.amount::numeric,
                          t.bound::numeric
                        from unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                          $10::text[], $11::text[]) as t(line, day, provider, model, kind, tier, part, amount, bound)""").execute(insertion).replaceWithVoid();
    }

    static Uni<List<BilledLine>> read(SqlConnection connection, Imported imported) {
        return connection
                .preparedQuery("""
                        select day, provider, model, kind, tier, part, amount::text as amount,
                          rounding_bound::text as rounding_bound
                        from reconciliation_line where tenant = $1 and reconciliation_id = $2 order by line""")
                .execute(Tuple.of(imported.tenant(), imported.id()))
                .map(rows -> {
                    List<BilledLine> lines = new ArrayList<>();
                    rows.forEach(row -> lines.add(line(row)));
                    return lines;
                });
    }

    private static List<BilledLine> sums(List<BilledLine> lines) {
        Map<Key, BilledLine> sums = new LinkedHashMap<>();
        for (BilledLine line : lines) {
            Key key = new Key(line.day(), line.provider(), line.model(), line.kind(), line.cell());
            sums.merge(
                    key,
                    line,
                    (one, other) -> new BilledLine(
                            one.day(),
                            one.provider(),
                            one.model(),
                            one.kind(),
                            one.cell(),
                            one.amount().add(other.amount()),
                            one.roundingBound().add(other.roundingBound())));
        }
        return List.copyOf(sums.values());
    }

    private static BilledLine line(Row row) {
        return new BilledLine(
                row.getLocalDate("day"),
                row.getString("provider"),
                row.getString("model"),
                ChargeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new Cell(
                        BilledTier.valueOf(row.getString("tier").toUpperCase(Locale.ROOT)),
                        BilledPart.valueOf(row.getString("part").toUpperCase(Locale.ROOT))),
                new BigDecimal(row.getString("amount")),
                new BigDecimal(row.getString("rounding_bound")));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String[] texts(List<BilledLine> lines, Function<BilledLine, @Nullable String> of) {
        return lines.stream().map(of).toArray(String[]::new);
    }
}
