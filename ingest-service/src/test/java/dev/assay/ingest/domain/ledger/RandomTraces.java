package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Traffic with all that makes counting hard: nests, wrappers, log records, updates without their trace, changed ids. */
public final class RandomTraces {

    public static List<Call> records(Random random) {
        List<Call> records = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            trace("t" + t, records, random);
        }
        for (int i = 0; i < 5; i++) {
            records.add(vary(Calls.call("single" + i), random));
        }
        for (int i = 0; i < 4; i++) {
            langfuse("lf" + i, records, random);
        }
        for (int i = 0; i < 3; i++) {
            // the same id in two traces: a mistake of the sender that must not depend on order either
            records.add(vary(Calls.call("clash" + i).setTraceId("t" + random.nextInt(4)), random));
            records.add(vary(Calls.call("clash" + i).setTraceId("t" + random.nextInt(4)), random));
        }
        return records;
    }

    private static void trace(String trace, List<Call> records, Random random) {
        int spans = 1 + random.nextInt(6);
        for (int s = 0; s < spans; s++) {
            String parent = s == 0 || random.nextInt(6) == 0 ? "" : "s" + random.nextInt(s);
            Call.Builder span =
                    random.nextInt(3) == 0 ? Calls.wrapper(trace, "s" + s, parent) : Calls.span(trace, "s" + s, parent);
            Call record = vary(span, random);
            records.add(record);
            if (random.nextInt(4) == 0) {
                records.add(vary(Calls.span(trace, "s" + s, ""), random).toBuilder()
                        .setRecordKind(RecordKind.RECORD_KIND_LOG)
                        .build());
            }
        }
    }

    private static void langfuse(String id, List<Call> records, Random random) {
        Call.Builder create = Calls.call(id).setTraceId("t" + random.nextInt(4)).setUpdateTimeUs(1);
        records.add(vary(create.setRecordKind(RecordKind.RECORD_KIND_UPDATE).clearEndTimeUs(), random));
        records.add(Calls.record(id)
                .setRecordKind(RecordKind.RECORD_KIND_UPDATE)
                .setUpdateTimeUs(2)
                .setEndTimeUs(Calls.START + random.nextInt(100) * Calls.SECOND)
                .setInputTokens(random.nextInt(100))
                .build());
        if (random.nextBoolean()) {
            records.add(Calls.record(id)
                    .setRecordKind(RecordKind.RECORD_KIND_UPDATE)
                    .setUpdateTimeUs(3)
                    .setOutputTokens(random.nextInt(100))
                    .build());
        }
    }

    private static Call vary(Call.Builder call, Random random) {
        long start = Calls.START + random.nextInt(3) * 40 * Calls.SECOND;
        call.setStartTimeUs(start);
        if (call.hasEndTimeUs()) {
            call.setEndTimeUs(start + random.nextInt(90) * Calls.SECOND);
        }
        if (random.nextInt(3) > 0) {
            call.setInputTokens(random.nextInt(500)).setOutputTokens(random.nextInt(50));
        }
        if (random.nextInt(4) == 0) {
            call.setTtftUs(random.nextInt(1_000_000)).setUserId("u" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            call.setStatus(Status.STATUS_ERROR).setErrorClass(random.nextBoolean() ? "timeout" : "cancelled");
        }
        if (random.nextInt(4) == 0) {
            call.setApp("app" + random.nextInt(2)).setSessionId("x" + random.nextInt(2));
        }
        if (random.nextInt(5) == 0) {
            call.setRequestModel("gpt-4o").addTags("a").setInput("hello " + random.nextInt(3));
        }
        return call.build();
    }

    private RandomTraces() {}
}
