package dev.assay.ingest.domain.mapping;

import org.jspecify.annotations.Nullable;

/** Reads and writes JSON text; the library behind it belongs to the edge. */
public interface JsonText {
    /**
     * The value of the text as {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double} or {@code
     * Boolean}; null when it is not JSON, nests too deep, or is the literal null.
     */
    @Nullable
    Object read(String text);

    /** The value as JSON text; text in it is free of NUL and of lone surrogates. */
    String write(Object value);
}
