package dev.assay.ingest.store;

import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into one array per column, for {@code unnest}. */
final class Columns<T> {
    private final List<T> rows;
    private final Tuple tuple = Tuple.tuple();

    Columns(List<T> rows) {
        this.rows = rows;
    }

    Columns<T> text(Function<T, @Nullable String> value) {
        tuple.addArrayOfString(rows.stream().map(value).toArray(String[]::new));
        return this;
    }

    Columns<T> uuid(Function<T, UUID> value) {
        tuple.addArrayOfUUID(rows.stream().map(value).toArray(UUID[]::new));
        return this;
    }

    Columns<T> bigint(Function<T, @Nullable Long> value) {
        tuple.addArrayOfLong(rows.stream().map(value).toArray(Long[]::new));
        return this;
    }

    Columns<T> integer(Function<T, Integer> value) {
        tuple.addArrayOfInteger(rows.stream().map(value).toArray(Integer[]::new));
        return this;
    }

    Columns<T> smallint(Function<T, Short> value) {
        tuple.addArrayOfShort(rows.stream().map(value).toArray(Short[]::new));
        return this;
    }

    Columns<T> bool(Function<T, Boolean> value) {
        tuple.addArrayOfBoolean(rows.stream().map(value).toArray(Boolean[]::new));
        return this;
    }

    Columns<T> bytes(Function<T, @Nullable Buffer> value) {
        // arrays are not unwrapped by the Mutiny API
        tuple.addValue(rows.stream()
                .map(value)
                .map(buffer -> buffer == null ? null : buffer.getDelegate())
                .toArray(io.vertx.core.buffer.Buffer[]::new));
        return this;
    }

    Tuple tuple() {
        return tuple;
    }
}
