package dev.assay.ingest.app;

import dev.assay.contracts.control.v1.Rejection;
import java.util.List;

/** What is told to the world about refused events: where and why, nothing of what they said. */
final class Rejections {

    static List<Rejection> of(String tenant, long receivedTimeUs, List<Rejected> rejected) {
        return rejected.stream()
                .map(one -> Rejection.newBuilder()
                        .setTenant(tenant)
                        .setEventId(one.eventId())
                        .setReceivedTimeUs(receivedTimeUs)
                        .setIndex(one.index())
                        .setField(one.field())
                        .setReason(one.reason())
                        .setEvents(1)
                        .setRejectionId(EventIds.random())
                        .build())
                .toList();
    }

    private Rejections() {}
}
