package dev.assay.platform.sink;

import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** Tells a record that can never be folded in from a dependency that is away for now. */
final class SinkFailures {

    /** The stored offset is not the one this consumer holds: another consumer has the partition. */
    static final class Fenced extends RuntimeException {
        Fenced(String partition, long held) {
            super("fenced: the stored offset of " + partition + " is not " + held, null, false, false);
        }
    }

    /**
     * Whether the record is at fault. SQL states 22 (data exception) and 23 (constraint), and mistakes found in plain
     * code, will fail again however often they are tried; all else is an outage and is tried until it is over.
     */
    static boolean isDataError(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                String state = pg.getSqlState();
                return state != null && (state.startsWith("22") || state.startsWith("23"));
            }
            if (cause instanceof IllegalArgumentException
                    || cause instanceof ArithmeticException
                    || cause instanceof NullPointerException
                    || cause instanceof IndexOutOfBoundsException
                    || cause instanceof ClassCastException
                    || cause instanceof java.time.DateTimeException) {
                return true;
            }
        }
        return false;
    }

    private SinkFailures() {}
}
