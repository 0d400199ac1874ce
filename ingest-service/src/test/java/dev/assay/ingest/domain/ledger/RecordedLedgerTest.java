package dev.assay.ingest.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.otlp.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Telemetry of real clients, each batch twice and in any order, counted: one call for each that was made. */
class RecordedLedgerTest {
    private static final String FULL = "25/12 cached 16+? reasoning 4 reported ok";
    private static final String CACHED = "25/12 cached 16+? reasoning ? reported ok";
    private static final String PLAIN = "25/12 cached ?+? reasoning ? reported ok";
    private static final String ANTHROPIC = "310/12 cached 200+100 reasoning ? reported ok";
    private static final String EMBEDDING = "8/? cached ?+? reasoning ? reported ok";
    private static final String MISSING = "?/? cached ?+? reasoning ? missing ok";
    private static final String LIMITED = "?/? cached ?+? reasoning ? missing error rate_limit";
    private static final String ESTIMATED = "7/7 cached ?+? reasoning ? estimated ok";

    /** By hand, without a total: its parts are undecidable. */
    private static final String BY_HAND = "41/12 cached 16+? reasoning ? reported ok";

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of("langfuse-v5-otel", List.of(FULL, FULL, FULL, FULL, FULL, MISSING, LIMITED, BY_HAND)),
                // the library's own spans inside the instrumentation's are not counted again
                Arguments.of(
                        "openinference-js", List.of(FULL, MISSING, FULL, FULL, FULL, MISSING, ANTHROPIC, ANTHROPIC)),
                Arguments.of("openlit-js", List.of(CACHED, CACHED, CACHED, FULL, FULL, EMBEDDING, LIMITED)),
                Arguments.of("otel-contrib-js", List.of(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, EMBEDDING, LIMITED)),
                Arguments.of("traceloop-js", List.of(PLAIN, ESTIMATED, PLAIN, PLAIN, MISSING, ANTHROPIC, ANTHROPIC)),
                Arguments.of("vercel-ai-v5", List.of(PLAIN, PLAIN, FULL, PLAIN, PLAIN, EMBEDDING, LIMITED)),
                Arguments.of("vercel-ai-v7", List.of(CACHED, CACHED, CACHED, CACHED, CACHED, EMBEDDING, LIMITED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void countsEachCallOnce(String client, List<String> expected) throws IOException {
        List<Call> records = records(client);
        LedgerWorld clean = new LedgerWorld(1);
        records.forEach(clean::send);
        clean.run(new Random(0));
        assertThat(counting(clean)).containsExactlyInAnyOrderElementsOf(expected);

        for (int seed = 1; seed <= 10; seed++) {
            List<Call> messy = new ArrayList<>(records);
            messy.addAll(records);
            Random random = new Random(seed);
            Collections.shuffle(messy, random);
            LedgerWorld world = new LedgerWorld(6);
            messy.forEach(world::send);
            world.run(random);

            assertThat(world.calls()).isEqualTo(clean.calls());
            assertThat(world.windows()).isEqualTo(clean.windows());
        }
    }

    private static List<Call> records(String client) throws IOException {
        List<Call> records = new ArrayList<>();
        if (client.equals("openinference-js")) {
            records.addAll(Recording.of(client + ".traces-json-gzip.json").calls());
        } else {
            records.addAll(Recording.of(client + ".traces.json").calls());
        }
        if (client.equals("openlit-js") || client.equals("otel-contrib-js")) {
            records.addAll(Recording.of(client + ".logs.json").logCalls());
        }
        return records.stream().map(RecordedLedgerTest::accepted).toList();
    }

    private static Call accepted(Call mapped) {
        Call.Builder call = mapped.toBuilder();
        call.getEnvelopeBuilder().setTenant(Calls.TENANT);
        return call.build();
    }

    private static List<String> counting(LedgerWorld world) {
        return world.calls().values().stream()
                .filter(LedgerEntry::counts)
                .map(RecordedLedgerTest::figures)
                .toList();
    }

    private static String figures(Call call) {
        String usage =
                call.getUsageState().name().substring("USAGE_STATE_".length()).toLowerCase(Locale.ROOT);
        return (call.hasInputTokens() ? call.getInputTokens() : "?")
                + "/" + (call.hasOutputTokens() ? call.getOutputTokens() : "?")
                + " cached " + (call.hasCacheReadTokens() ? call.getCacheReadTokens() : "?")
                + "+" + (call.hasCacheWriteTokens() ? call.getCacheWriteTokens() : "?")
                + " reasoning " + (call.hasReasoningTokens() ? call.getReasoningTokens() : "?")
                + " " + usage
                + (call.getStatus() == Status.STATUS_ERROR ? " error " + call.getErrorClass() : " ok");
    }
}
