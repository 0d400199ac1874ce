package dev.assay.alert.domain.notification;

import java.time.Duration;

/** What follows from an attempt. {@code detail} is for the delivery log and never holds anything that the receiver sent. */
public sealed interface NextStep {
    String detail();

    /** It arrived. */
    record Delivered(String detail) implements NextStep {}

    /** Try again after a while. */
    record Retry(Duration delay, String detail) implements NextStep {}

    /** Trying again cannot help, or has gone on for too long. */
    record GiveUp(String detail) implements NextStep {}
}
