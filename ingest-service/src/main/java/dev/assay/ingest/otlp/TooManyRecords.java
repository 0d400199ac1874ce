package dev.assay.ingest.otlp;

import java.io.IOException;

/** A request with more spans, log records or data points than one request may have. */
public final class TooManyRecords extends IOException {
    /** The most that one request may bring. */
    public static final int LIMIT = 65_536;

    TooManyRecords() {
        super("at most " + LIMIT + " spans, log records or data points in a request");
    }
}
