package dev.assay.alert.store;

import dev.assay.alert.app.NameTaken;
import io.vertx.pgclient.PgException;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Tells a name that is taken from other failures. */
final class UniqueNames {
    private static final String UNIQUE_VIOLATION = "23505";

    private UniqueNames() {}

    static boolean isTaken(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            @Nullable
            String state = cause instanceof PgException pg
                    ? pg.getSqlState()
                    : cause instanceof ConstraintViolationException violated ? violated.getSQLState() : null;
            if (UNIQUE_VIOLATION.equals(state)) {
                return true;
            }
        }
        return false;
    }

    static NameTaken taken(String name) {
        return new NameTaken(name);
    }
}
