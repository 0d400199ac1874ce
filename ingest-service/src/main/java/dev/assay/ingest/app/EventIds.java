package dev.assay.ingest.app;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids for events whose senders gave none: version 4 UUIDs, for uniqueness and not for secrecy. */
final class EventIds {

    static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private EventIds() {}
}
