package dev.assay.system;

import dev.assay.system.Traffic.Sending;
import dev.assay.system.Traffic.Way;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Delivers sendings at least once, as a careful client does: each batch goes to one replica, and to the next one until it
 * is acknowledged.
 */
final class Delivery implements AutoCloseable {
    private static final int BATCH = 40;
    private static final int TRIES = 400;

    private final Map<Way, List<Sender>> replicas = new EnumMap<>(Way.class);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    Delivery(List<String> urls, Map<String, String> keys) {
        for (Way way : Way.values()) {
            List<Sender> senders = new ArrayList<>();
            for (String url : urls) {
                senders.add(
                        switch (way) {
                            case REST -> new RestSender(url, keys);
                            case GRPC -> new GrpcSender(url, keys);
                            case OTLP_HTTP -> OtlpSender.http(url, keys);
                            case OTLP_GRPC -> OtlpSender.grpc(url, keys);
                        });
            }
            replicas.put(way, senders);
        }
    }

    /** Delivers everything, in order within each way and project; {@code pace} is asked before each batch. */
    void deliver(List<Sending> sendings, Runnable pace) {
        record Lane(Way way, String project) {}
        Map<Lane, List<Sending>> open = sendings.stream()
                .collect(Collectors.groupingBy(
                        s -> new Lane(s.call().way(), s.call().project())));
        boolean left = true;
        for (int from = 0; left; from += BATCH) {
            left = false;
            for (Map.Entry<Lane, List<Sending>> lane : open.entrySet()) {
                List<Sending> all = lane.getValue();
                if (from < all.size()) {
                    left = true;
                    pace.run();
                    deliver(
                            lane.getKey().way(),
                            lane.getKey().project(),
                            all.subList(from, Math.min(all.size(), from + BATCH)));
                }
            }
        }
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int failed() {
        return failed.get();
    }

    private void deliver(Way way, String project, List<Sending> batch) {
        List<Sender> senders = replicas.get(way);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (senders.get((acknowledged.get() + attempt) % senders.size()).send(project, batch)) {
                acknowledged.incrementAndGet();
                return;
            }
            failed.incrementAndGet();
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L); // a client's own back-off
        }
        throw new AssertionError("not acknowledged after " + TRIES + " tries: " + way + " of " + project);
    }

    @Override
    public void close() {
        replicas.values().forEach(senders -> senders.forEach(Sender::close));
    }
}
