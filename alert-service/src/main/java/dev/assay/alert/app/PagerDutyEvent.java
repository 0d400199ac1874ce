package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What PagerDuty says that somebody did there.
 *
 * @param id the event's own, the same when it is sent again
 * @param kind what was done; empty for what changes nothing here, such as a test
 * @param incident its {@code incident_key}, which is the incident's id if it came from here
 * @param by who
 */
public record PagerDutyEvent(
        String id, Instant occurredAt, Optional<IncidentStore.Kind> kind, String incident, String by) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ID = 200;
    private static final int MAX_NAME = 100;
    private static final String SOMEBODY = "PagerDuty";

    /** The event of a webhook's body; empty if it is none. */
    public static Optional<PagerDutyEvent> read(byte[] body) {
        JsonNode event;
        try {
            event = JSON.readTree(body).path("event");
        } catch (IOException e) {
            return Optional.empty();
        }
        String id = event.path("id").asText("");
        if (id.isEmpty() || id.length() > MAX_ID) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PagerDutyEvent(
                    id,
                    OffsetDateTime.parse(event.path("occurred_at").asText("")).toInstant(),
                    kind(event.path("event_type").asText("")),
                    event.path("data").path("incident_key").asText(""),
                    name(event.path("agent").path("summary").asText(""))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<IncidentStore.Kind> kind(String type) {
        return switch (type) {
            case "incident.acknowledged" -> Optional.of(IncidentStore.Kind.ACKNOWLEDGED);
            case "incident.resolved" -> Optional.of(IncidentStore.Kind.CLOSED);
            default -> Optional.empty();
        };
    }

    private static String name(String agent) {
        String printable = agent.replaceAll("\\p{Cntrl}", " ").strip();
        if (printable.isEmpty()) {
            return SOMEBODY;
        }
        return printable.length() > MAX_NAME ? printable.substring(0, MAX_NAME) : printable;
    }
}
