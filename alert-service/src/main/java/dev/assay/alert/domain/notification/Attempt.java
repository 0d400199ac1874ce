package dev.assay.alert.domain.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one try to deliver a notification ended. */
public sealed interface Attempt {

    /** The receiver answered. */
    record Answered(int status, @Nullable Duration retryAfter) implements Attempt {}

    /** No answer came: connection, time or transport security failed. */
    record Unreachable(String reason) implements Attempt {}

    /** It must not be sent there. */
    record Forbidden(String reason) implements Attempt {}
}
