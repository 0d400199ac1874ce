package dev.assay.ingest.domain.capacity;

/**
 * What one minute asked of a limit, merged over all sources.
 *
 * @param minute since the epoch
 * @param calls started in it
 * @param peakConcurrency the most calls open at once, to the millisecond
 * @param openAtEnd calls open when it ended
 */
public record MinuteLoad(long minute, long calls, long peakConcurrency, long openAtEnd) {
    private static final double SECONDS = 60;

    /** Calls started per second, on average over the minute. */
    public double rps() {
        return calls / SECONDS;
    }
}
