package dev.assay.quality.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as arrays, one per column, for {@code unnest}: parameters in the order in which they are added. */
final class Columns<T> {
    private final List<T> rows;
    private final Tuple tuple = Tuple.tuple();

    Columns(List<T> rows) {
        this.rows = rows;
    }

    Columns<T> text(Function<T, @Nullable String> value) {
        tuple.addArrayOfString(array(value, String[]::new));
        return this;
    }

    Columns<T> integer(Function<T, Integer> value) {
        tuple.addArrayOfInteger(array(value, Integer[]::new));
        return this;
    }

    Columns<T> bigint(Function<T, @Nullable Long> value) {
        tuple.addArrayOfLong(array(value, Long[]::new));
        return this;
    }

    Columns<T> smallint(Function<T, @Nullable Short> value) {
        tuple.addArrayOfShort(array(value, Short[]::new));
        return this;
    }

    Columns<T> real(Function<T, @Nullable Float> value) {
        tuple.addArrayOfFloat(array(value, Float[]::new));
        return this;
    }

    Columns<T> number(Function<T, @Nullable Double> value) {
        tuple.addArrayOfDouble(array(value, Double[]::new));
        return this;
    }

    Columns<T> bool(Function<T, @Nullable Boolean> value) {
        tuple.addArrayOfBoolean(array(value, Boolean[]::new));
        return this;
    }

    Columns<T> uuid(Function<T, @Nullable UUID> value) {
        tuple.addArrayOfUUID(array(value, UUID[]::new));
        return this;
    }

    Columns<T> bytea(Function<T, byte[]> value) {
        tuple.addValue(array(row -> Buffer.buffer(value.apply(row)), Buffer[]::new));
        return this;
    }

    /** A parameter that is the same for all rows. */
    Columns<T> one(@Nullable Short value) {
        tuple.addShort(value);
        return this;
    }

    Tuple tuple() {
        return tuple;
    }

    private <V> V[] array(Function<T, @Nullable V> value, IntFunction<V[]> empty) {
        V[] values = empty.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return values;
    }
}
