package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.app.GroupStore.Item;
import dev.assay.alert.app.GroupStore.Outgoing;
import dev.assay.alert.app.GroupStore.Told;
import dev.assay.alert.app.GroupStore.Waiting;
import dev.assay.alert.domain.grouping.Grouping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroupNotificationsTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final Grouping BY_APP =
            new Grouping(List.of("app"), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1), null);

    private static String body(String incident, String rule, String app, String severity, String state) {
        return """
                {"rule":"%s","rule_id":"%s","state":"%s","incident":"%s","severity":"%s",
                 "labels":{"app":"%s","team":"core"},"starts_at":"2026-03-11T11:5%d:00Z",
                 "ends_at":%s,"summary":"%s of %s"}""".formatted(
                        rule,
                        rule,
                        state,
                        incident,
                        severity,
                        app,
                        Math.abs(incident.hashCode() % 10),
                        state.equals("firing") ? "null" : "\"2026-03-11T11:59:59Z\"",
                        rule,
                        app);
    }

    private static Item item(String incident, String rule, String app, String state) {
        return new Item(
                UUID.randomUUID(),
                incident,
                state,
                body(incident, rule, app, rule.equals("slow") ? "medium" : "critical", state),
                NOW.minusSeconds(60));
    }

    private static Waiting waiting(Map<String, Told> told, Map<String, String> open, Item... items) {
        return new Waiting(BY_APP, List.of(items), told, open, Set.of(), 0);
    }

    private static List<Outgoing> decide(Waiting waiting) {
        return GroupNotifications.decide("acme", waiting, NOW);
    }

    private static GroupStore.Digest digest(Outgoing made) {
        return Objects.requireNonNull(made.digest());
    }

    @Test
    void oneThatIsAloneIsSentAsItIs() {
        Item alone = item("inc-1", "errors", "chat", "firing");
        Item other = item("inc-2", "errors", "search", "firing");
        assertThat(decide(waiting(Map.of(), Map.of(), alone, other)))
                .containsExactlyInAnyOrder(
                        new Outgoing(Map.of("app=\"chat\"", Set.of("inc-1")), List.of(alone.deliveryId()), null),
                        new Outgoing(Map.of("app=\"search\"", Set.of("inc-2")), List.of(other.deliveryId()), null));
    }

    @Test
    void severalGoInOneThatNamesTheWorst() {
        Item slow = item("inc-1", "slow", "chat", "firing");
        Item errors = item("inc-2", "errors", "chat", "firing");
        Item over = item("inc-1", "slow", "chat", "resolved");
        List<Outgoing> made = decide(waiting(Map.of(), Map.of(), slow, errors, over));
        assertThat(made).hasSize(1);
        assertThat(made.get(0).members()).containsExactly(slow.deliveryId(), errors.deliveryId(), over.deliveryId());
        assertThat(made.get(0).firing()).isEqualTo(Map.of("app=\"chat\"", Set.of("inc-2")));
        JsonNode says = DigestText.parsed(digest(made.get(0)).body());
        assertThat(says.path("state").asText()).isEqualTo("firing");
        assertThat(says.path("rule").asText()).isEqualTo("2 alerts");
        assertThat(says.path("severity").asText()).isEqualTo("critical");
        assertThat(says.path("labels").toString()).isEqualTo("{\"app\":\"chat\",\"team\":\"core\"}");
        assertThat(says.path("summary").asText()).isEqualTo("1 firing, 1 resolved: errors of chat; slow of chat");
        assertThat(says.path("ends_at").isNull()).isTrue();
        assertThat(says.path("alerts"))
                .extracting(alert -> alert.path("incident").asText())
                .containsExactly("inc-2", "inc-1");
        assertThat(says.path("alerts").get(1).path("state").asText()).isEqualTo("resolved");
    }

    @Test
    void whatOnlyEndsIsResolved() {
        Told told = new Told(NOW.minusSeconds(600), Set.of("inc-1", "inc-2"));
        List<Outgoing> made = decide(waiting(
                Map.of("app=\"chat\"", told),
                Map.of(),
                item("inc-1", "slow", "chat", "resolved"),
                item("inc-2", "slow", "chat", "resolved")));
        JsonNode says = DigestText.parsed(digest(made.get(0)).body());
        assertThat(digest(made.get(0)).firing()).isFalse();
        assertThat(digest(made.get(0)).repeated()).isFalse();
        assertThat(says.path("state").asText()).isEqualTo("resolved");
        assertThat(says.path("rule").asText()).isEqualTo("slow");
        assertThat(says.path("ends_at").asText()).isEqualTo("2026-03-11T11:59:59Z");
        assertThat(made.get(0).firing().get("app=\"chat\"")).isEmpty();
    }

    @Test
    void whatStillFiresIsRepeatedUnlessSomebodyLooksAfterIt() {
        Map<String, Told> told = Map.of("app=\"chat\"", new Told(NOW.minusSeconds(3_600), Set.of("inc-1", "inc-2")));
        String open = body("inc-1", "errors", "chat", "critical", "firing");
        List<Outgoing> made = decide(waiting(told, Map.of("inc-1", open)));
        assertThat(made).hasSize(1);
        assertThat(made.get(0).members()).isEmpty();
        JsonNode says = DigestText.parsed(digest(made.get(0)).body());
        assertThat(says.path("repeated").asBoolean()).isTrue();
        assertThat(digest(made.get(0)).repeated()).isTrue();
        assertThat(says.path("summary").asText()).isEqualTo("1 still firing: errors of chat");
        assertThat(decide(waiting(told, Map.of()))).isEmpty();
    }

    @Test
    void aVeryLongDigestCountsWhatItLeavesOut() {
        Item[] many = new Item[DigestText.MAX_ALERTS + 20];
        for (int i = 0; i < many.length; i++) {
            many[i] = item("inc-" + i, "errors", "chat", "firing");
        }
        List<Outgoing> made = decide(waiting(Map.of(), Map.of(), many));
        JsonNode says = DigestText.parsed(digest(made.get(0)).body());
        assertThat(says.path("alerts")).hasSize(DigestText.MAX_ALERTS);
        assertThat(says.path("more").asInt()).isEqualTo(20);
        assertThat(made.get(0).members()).hasSize(many.length);
        assertThat(made.get(0).firing().get("app=\"chat\"")).hasSize(many.length);
    }
}
