package dev.assay.alert.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of many rows, as the arrays that {@code unnest} takes. */
final class Columns<T> {
    private final List<T> rows;
    private final Tuple tuple = Tuple.tuple();

    private Columns(List<T> rows) {
        this.rows = rows;
    }

    /** Columns of {@code rows} behind the first parameter. */
    static <T> Columns<T> of(String first, List<T> rows) {
        Columns<T> columns = new Columns<>(rows);
        columns.tuple.addString(first);
        return columns;
    }

    Columns<T> text(Function<T, @Nullable String> column) {
        tuple.addArrayOfString(rows.stream().map(column).toArray(String[]::new));
        return this;
    }

    Columns<T> minute(Function<T, @Nullable Long> column) {
        tuple.addArrayOfInteger(rows.stream()
                .map(column)
                .map(minute -> minute == null ? null : Integer.valueOf(Math.toIntExact(minute)))
                .toArray(Integer[]::new));
        return this;
    }

    Columns<T> whole(Function<T, @Nullable Long> column) {
        tuple.addArrayOfLong(rows.stream().map(column).toArray(Long[]::new));
        return this;
    }

    Columns<T> number(Function<T, @Nullable Double> column) {
        tuple.addArrayOfDouble(rows.stream().map(column).toArray(Double[]::new));
        return this;
    }

    Columns<T> flag(Function<T, Boolean> column) {
        tuple.addArrayOfBoolean(rows.stream().map(column).toArray(Boolean[]::new));
        return this;
    }

    Columns<T> bytes(Function<T, byte[]> column) {
        tuple.addValue(rows.stream().map(column).map(Buffer::buffer).toArray(Buffer[]::new));
        return this;
    }

    Columns<T> id(Function<T, UUID> column) {
        tuple.addArrayOfUUID(rows.stream().map(column).toArray(UUID[]::new));
        return this;
    }

    Tuple tuple() {
        return tuple;
    }
}
