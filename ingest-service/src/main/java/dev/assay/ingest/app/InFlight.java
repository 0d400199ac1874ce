package dev.assay.ingest.app;

import dev.assay.ingest.config.IngestConfig;
import dev.assay.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of requests that are being worked on, bounded: what does not fit is told to come back, so that memory stays
 * bounded when the log is slow.
 */
@ApplicationScoped
public class InFlight {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicLong bytes = new AtomicLong();
    private final long limit;

    InFlight(IngestConfig config, MeterRegistry meters) {
        this.limit = config.maxBytesInFlight();
        meters.gauge("assay.ingest.bytes.in.flight", bytes);
    }

    /** A share of the bytes, for one request. Not for several threads at once. */
    public final class Lease implements AutoCloseable {
        private long held;

        private Lease() {}

        /**
         * Takes more bytes.
         *
         * @throws Problem 429 if there is no room for them
         */
        public void take(long more) {
            if (bytes.addAndGet(more) > limit) {
                bytes.addAndGet(-more);
                throw Problem.tooManyRequests("more is being sent than can be stored at the moment", RETRY_AFTER);
            }
            held += more;
        }

        /** Gives all bytes back. */
        @Override
        public void close() {
            bytes.addAndGet(-held);
            held = 0;
        }
    }

    /** A lease of no bytes yet. */
    public Lease lease() {
        return new Lease();
    }
}
