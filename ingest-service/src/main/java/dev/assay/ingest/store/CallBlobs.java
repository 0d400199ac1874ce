package dev.assay.ingest.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.CallState;
import dev.assay.ingest.domain.ledger.Canonical;
import dev.assay.ingest.domain.ledger.LedgerEntry;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call as bytes in two rows: what it is, and its content, which only few readers need. */
final class CallBlobs {

    /** The call without content. */
    static Buffer head(Call call) {
        return buffer(Canonical.bytes(withoutContent(call)));
    }

    /** The content alone, or null if there is none. */
    static @Nullable Buffer content(Call call) {
        return hasContent(call) ? buffer(Canonical.bytes(onlyContent(call))) : null;
    }

    /** What the event's own records say without content, or null if that follows from the call. */
    static @Nullable Buffer headRecords(LedgerEntry entry) {
        if (entry.isPlain()) {
            return null;
        }
        AcceptedEvents.Builder records = AcceptedEvents.newBuilder();
        entry.state().parts().forEach(part -> records.addCalls(withoutContent(part)));
        return buffer(Canonical.bytes(records.build()));
    }

    /** The content of the event's own records, part by part, or null if there is none or it is the call's. */
    static @Nullable Buffer contentRecords(LedgerEntry entry) {
        if (entry.state().parts().stream().noneMatch(CallBlobs::hasContent) || entry.isPlain()) {
            return null;
        }
        AcceptedEvents.Builder records = AcceptedEvents.newBuilder();
        entry.state().parts().forEach(part -> records.addCalls(onlyContent(part)));
        return buffer(Canonical.bytes(records.build()));
    }

    /** The call of its two blobs. */
    static Call call(Buffer head, @Nullable Buffer content) {
        try {
            Call.Builder call = Call.newBuilder().mergeFrom(head.getBytes());
            if (content != null) {
                call.mergeFrom(content.getBytes());
            }
            return call.build();
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a stored call cannot be read", broken);
        }
    }

    /** The state of its two blobs. */
    static CallState state(Buffer headRecords, @Nullable Buffer contentRecords) {
        try {
            List<Call> heads = AcceptedEvents.parseFrom(headRecords.getBytes()).getCallsList();
            if (contentRecords == null) {
                return CallState.ofParts(heads);
            }
            List<Call> contents =
                    AcceptedEvents.parseFrom(contentRecords.getBytes()).getCallsList();
            List<Call> parts = new ArrayList<>(heads.size());
            for (int i = 0; i < heads.size(); i++) {
                parts.add(heads.get(i).toBuilder().mergeFrom(contents.get(i)).build());
            }
            return CallState.ofParts(parts);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("stored records of a call cannot be read", broken);
        }
    }

    private static boolean hasContent(Call call) {
        return !call.getSystem().isEmpty()
                || !call.getInput().isEmpty()
                || !call.getOutput().isEmpty()
                || !call.getContext().isEmpty()
                || call.getToolCallsCount() > 0;
    }

    private static Call withoutContent(Call call) {
        return hasContent(call)
                ? call.toBuilder()
                        .clearSystem()
                        .clearInput()
                        .clearOutput()
                        .clearContext()
                        .clearToolCalls()
                        .build()
                : call;
    }

    private static Call onlyContent(Call call) {
        return Call.newBuilder()
                .setSystem(call.getSystem())
                .setInput(call.getInput())
                .setOutput(call.getOutput())
                .setContext(call.getContext())
                .addAllToolCalls(call.getToolCallsList())
                .build();
    }

    private static Buffer buffer(byte[] bytes) {
        return Buffer.buffer(bytes);
    }

    private CallBlobs() {}
}
