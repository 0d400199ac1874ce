package dev.assay.ingest.domain.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.CallFields.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gives each field of some parts of one event to the part that wins it, and drops the parts that win nothing. */
final class PartMerge {
    private static final Comparator<Call> BY_STAMP =
            Comparator.comparingLong(Call::getUpdateTimeUs).thenComparingInt(Call::getRecordKindValue);

    private final List<Call> parts;
    private final TreeMap<Call, Call.Builder> won = new TreeMap<>(BY_STAMP);

    private PartMerge(List<Call> parts) {
        this.parts = parts;
    }

    static List<Call> merge(List<Call> parts) {
        PartMerge merge = new PartMerge(parts);
        merge.envelope();
        CallFields.UNITS.forEach(merge::unit);
        CallFields.MAPS.forEach(merge::map);
        merge.unknownFields();
        List<Call> merged = new ArrayList<>(merge.won.size());
        merge.won.values().forEach(part -> merged.add(part.build()));
        return List.copyOf(merged);
    }

    /** What a newer version of the contracts says beside the fields known here. */
    private void unknownFields() {
        Call winner = null;
        for (Call part : parts) {
            if (!part.getUnknownFields().asMap().isEmpty()
                    && (winner == null || wins(part, winner, compareUnknown(part, winner)))) {
                winner = part;
            }
        }
        if (winner != null) {
            partOf(winner).setUnknownFields(winner.getUnknownFields());
        }
    }

    private void envelope() {
        Call winner = parts.get(0);
        long received = 0;
        for (Call part : parts) {
            Envelope envelope = part.getEnvelope();
            if (wins(part, winner, compareEnvelopes(envelope, winner.getEnvelope()))) {
                winner = part;
            }
            received = earliest(received, envelope.getReceivedTimeUs());
        }
        partOf(winner).setEnvelope(winner.getEnvelope().toBuilder().setReceivedTimeUs(received));
    }

    private void unit(Unit unit) {
        Call winner = null;
        for (Call part : parts) {
            if (unit.isSet(part) && (winner == null || wins(part, winner, unit.compare(part, winner)))) {
                winner = part;
            }
        }
        if (winner != null) {
            unit.copy(winner, partOf(winner));
        }
    }

    private void map(FieldDescriptor field) {
        Map<String, Call> winners = new HashMap<>();
        for (Call part : parts) {
            entries(field, part)
                    .forEach((key, value) -> winners.merge(key, part, (winner, candidate) -> {
                        int byValue = value.compareTo(entries(field, winner).get(key));
                        return wins(candidate, winner, byValue) ? candidate : winner;
                    }));
        }
        winners.forEach((key, winner) ->
                put(field, partOf(winner), key, entries(field, winner).get(key)));
    }

    private static Map<String, String> entries(FieldDescriptor field, Call part) {
        return field == CallFields.METADATA ? part.getMetadataMap() : part.getRequestParamsMap();
    }

    private static void put(FieldDescriptor field, Call.Builder part, String key, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (field == CallFields.METADATA) {
            part.putMetadata(key, value);
        } else {
            part.putRequestParams(key, value);
        }
    }

    private static boolean wins(Call candidate, Call winner, int byValue) {
        int byStamp = BY_STAMP.compare(candidate, winner);
        return byStamp > 0 || (byStamp == 0 && byValue > 0);
    }

    private static int compareUnknown(Call one, Call other) {
        return ByteString.unsignedLexicographicalComparator()
                .compare(
                        one.getUnknownFields().toByteString(),
                        other.getUnknownFields().toByteString());
    }

    private static int compareEnvelopes(Envelope one, Envelope other) {
        int byTime = Long.compare(one.getEventTimeUs(), other.getEventTimeUs());
        return byTime != 0 ? byTime : Integer.compare(one.getSourceValue(), other.getSourceValue());
    }

    /** Zero is "not told". */
    private static long earliest(long one, long other) {
        return one == 0 || (other != 0 && other < one) ? other : one;
    }

    /** The part that collects what the part with the same stamp wins. */
    private Call.Builder partOf(Call winner) {
        return won.computeIfAbsent(
                winner,
                stamp -> Call.newBuilder()
                        .setUpdateTimeUs(stamp.getUpdateTimeUs())
                        .setRecordKindValue(stamp.getRecordKindValue()));
    }
}
