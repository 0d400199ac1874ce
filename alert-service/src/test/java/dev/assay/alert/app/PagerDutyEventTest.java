package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.app.IncidentStore.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PagerDutyEventTest {
    private static final String ACKNOWLEDGED = """
            {"event":{"id":"01E","event_type":"incident.acknowledged","resource_type":"incident",
             "occurred_at":"2026-03-11T12:00:00.123Z","agent":{"id":"P1","type":"user_reference","summary":"Kim"},
             "client":null,"data":{"id":"Q1","type":"incident","status":"acknowledged","incident_key":"inc-1"}}}""";

    private static Optional<PagerDutyEvent> read(String text) {
        return PagerDutyEvent.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void saysWhoDidWhat() {
        PagerDutyEvent event = new PagerDutyEvent(
                "01E", Instant.parse("2026-03-11T12:00:00.123Z"), Optional.of(Kind.ACKNOWLEDGED), "inc-1", "Kim");
        assertThat(read(ACKNOWLEDGED)).contains(event);
        assertThat(read(ACKNOWLEDGED.replace("incident.acknowledged", "incident.resolved"))
                        .flatMap(PagerDutyEvent::kind))
                .contains(Kind.CLOSED);
        assertThat(read(ACKNOWLEDGED.replace("incident.acknowledged", "incident.triggered")))
                .hasValueSatisfying(other -> assertThat(other.kind()).isEmpty());
    }

    @Test
    void aServiceMayHaveDoneItAndANameIsHarmless() {
        assertThat(read(ACKNOWLEDGED.replace("\"Kim\"", "null")).map(PagerDutyEvent::by))
                .contains("PagerDuty");
        assertThat(read(ACKNOWLEDGED.replace("Kim", "K\\ni\\tm")).map(PagerDutyEvent::by))
                .contains("K i m");
        assertThat(read(ACKNOWLEDGED.replace("Kim", "x".repeat(500)))
                        .orElseThrow()
                        .by())
                .hasSize(100);
    }

    @Test
    void whatIsNoEventIsNone() {
        for (String text : new String[] {
            "",
            "[]",
            "{}",
            "not json",
            "{\"event\":1}",
            ACKNOWLEDGED.replace("01E", ""),
            ACKNOWLEDGED.replace("01E", "1".repeat(201)),
            ACKNOWLEDGED.replace("2026-03-11T12:00:00.123Z", "noon")
        }) {
            assertThat(read(text)).as(text).isEmpty();
        }
    }
}
