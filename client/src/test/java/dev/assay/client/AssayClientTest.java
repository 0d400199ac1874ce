package dev.assay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssayClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-11-24T10:00:00.25Z");

    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void sendsWhatWasRecordedUnderTheNamesOfTheApi() {
        LlmCall call = LlmCall.of("gpt-4o-mini", START)
                .duration(Duration.ofMillis(812))
                .timeToFirstToken(Duration.ofNanos(120_500_000))
                .inputTokens(1_000L)
                .outputTokens(null)
                .output("a \"quoted\" line\nand another: ü")
                .reportedCost(new BigDecimal("0.0000100"), "USD")
                .build();
        try (AssayClient client = client().build()) {
            assertThat(client.record(call)).isTrue();
            assertThat(client.record(Feedback.on(call.eventId()).rating(5).build()))
                    .isTrue();
            assertThat(client.record(new Outcome("t1", true, START, START.plusSeconds(9))))
                    .isTrue();
            assertThat(client.flush(SOON)).isTrue();
            assertThat(client.statistics()).isEqualTo(new ClientStatistics(3, 3, 0, 0, 0));
        }
        assertThat(receiver.requests)
                .extracting(Receiver.Request::path)
                .containsExactly("/v1/calls", "/v1/feedback", "/v1/outcomes");
        assertThat(receiver.requests.get(0).authorization()).isEqualTo("Bearer a-key");
        JsonNode sent = receiver.events().get(0);
        assertThat(sent.get("start_time").asText()).isEqualTo("2026-11-24T10:00:00.250Z");
        assertThat(sent.get("duration_ms").asDouble()).isEqualTo(812.0);
        assertThat(sent.get("ttft_ms").asDouble()).isEqualTo(120.5);
        assertThat(sent.get("input_tokens").isIntegralNumber()).isTrue();
        assertThat(sent.has("output_tokens")).isFalse();
        assertThat(sent.get("output").asText()).isEqualTo("a \"quoted\" line\nand another: ü");
        assertThat(sent.get("reported_cost").asText()).isEqualTo("0.0000100");
        assertThat(receiver.events().get(1).get("call_event_id").asText()).isEqualTo(call.eventId());
    }

    @Test
    void comesBackWithTheSameIdsWhenToldTo() {
        receiver.reply(503, "", "0");
        receiver.reply(429, "", null);
        try (AssayClient client = client().build()) {
            client.record(call());
            assertThat(client.flush(SOON)).isTrue();
            assertThat(client.statistics().accepted()).isEqualTo(1);
        }
        assertThat(receiver.events())
                .hasSize(3)
                .extracting(event -> event.get("event_id").asText())
                .containsOnly(receiver.events().get(0).get("event_id").asText());
    }

    @Test
    void comesBackWhenNobodyAnswered() throws IOException {
        String address = receiver.url();
        receiver.close();
        try (AssayClient client = AssayClient.to(address, "a-key")
                .flushInterval(Duration.ofMillis(10))
                .build()) {
            client.record(call());
            assertThat(client.flush(Duration.ofMillis(300))).isFalse();
            assertThat(client.statistics().waiting()).isEqualTo(1);
        }
    }

    @Test
    void countsWhatWasRefusedAndDoesNotSendItAgain() {
        receiver.reply(
                207,
                "{\"accepted\":1,\"event_ids\":[\"a\"],\"rejected\":[{\"index\":1,\"field\":\"x\",\"reason\":\"no\"}]}",
                null);
        receiver.reply(401, "{\"title\":\"no such key\"}", null);
        try (AssayClient client =
                client().batch(2).flushInterval(Duration.ofSeconds(30)).build()) {
            client.record(call());
            client.record(call());
            await().atMost(SOON).until(() -> client.statistics().rejected() == 1);
            client.record(call());
            client.record(call());
            assertThat(client.flush(SOON)).isTrue();
            assertThat(client.statistics()).isEqualTo(new ClientStatistics(4, 1, 3, 0, 0));
        }
        assertThat(receiver.requests).hasSize(2);
    }

    @Test
    void dropsAndCountsWhatDoesNotFit() {
        for (int i = 0; i < 50; i++) {
            receiver.reply(503, "", "30");
        }
        AssayClient client = client().queue(10, 1_000_000)
                .batch(1)
                .closeTimeout(Duration.ofMillis(50))
                .build();
        boolean full = false;
        for (int i = 0; i < 40; i++) {
            full |= !client.record(call());
        }
        assertThat(full).isTrue();
        client.close();
        ClientStatistics end = client.statistics();
        assertThat(end.recorded()).isEqualTo(40);
        assertThat(end.dropped()).isEqualTo(40);
        assertThat(end.waiting()).isZero();
        assertThat(client.record(call())).isFalse();
    }

    @Test
    void boundsTheQueueInBytesToo() {
        String text = "x".repeat(60_000);
        AssayClient client = client().queue(10_000, 100_000)
                .flushInterval(Duration.ofMinutes(1))
                .closeTimeout(SOON)
                .build();
        assertThat(client.record(LlmCall.of("m", START).output(text).build())).isTrue();
        assertThat(client.record(LlmCall.of("m", START).output(text).build())).isFalse();
        client.close();
        assertThat(client.statistics()).isEqualTo(new ClientStatistics(2, 1, 0, 1, 0));
    }

    @Test
    void givesABatchUpOnceItsTimeIsOver() {
        for (int i = 0; i < 50; i++) {
            receiver.reply(503, "", null);
        }
        try (AssayClient client = client().retryFor(Duration.ofMillis(500)).build()) {
            client.record(call());
            await().atMost(SOON).until(() -> client.statistics().dropped() == 1);
        }
    }

    @Test
    void packsManyIntoFewRequests() {
        try (AssayClient client = client().batch(500).build()) {
            for (int i = 0; i < 2_000; i++) {
                client.record(call());
            }
            assertThat(client.flush(SOON)).isTrue();
            assertThat(client.statistics().accepted()).isEqualTo(2_000);
        }
        assertThat(receiver.requests.size()).isLessThan(50);
        assertThat(receiver.events().stream()
                        .map(e -> e.get("event_id").asText())
                        .distinct())
                .hasSize(2_000);
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> AssayClient.to("localhost:4318", "k")).hasMessageContaining("http or https");
        assertThatThrownBy(() -> client().batch(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Feedback.on("c").build()).hasMessageContaining("rating");
        assertThat(List.of(Feedback.on("c").thumbsUp().build())).hasSize(1);
    }

    private AssayClient.Builder client() {
        return AssayClient.to(receiver.url(), "a-key").flushInterval(Duration.ofMillis(20));
    }

    private static LlmCall call() {
        return LlmCall.of("gpt-4o-mini", START).build();
    }
}
