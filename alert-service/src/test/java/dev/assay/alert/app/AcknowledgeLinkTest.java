package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.config.AlertConfig;
import dev.assay.platform.tenancy.TenancyConfig;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AcknowledgeLinkTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final AcknowledgeLink.Claim CLAIM = new AcknowledgeLink.Claim("acme", "inc-1", "kim's \"phone\"");

    private static AcknowledgeLink links(String pepper, Optional<String> address) {
        TenancyConfig tenancy = answering(TenancyConfig.class, "pepper", pepper);
        return new AcknowledgeLink(tenancy, answering(AlertConfig.class, "publicUrl", address));
    }

    private static <T> T answering(Class<T> type, String method, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer;
                    }
                    throw new UnsupportedOperationException(called.getName());
                }));
    }

    private static AcknowledgeLink links() {
        return links("a pepper of the tests", Optional.of("https://alerts.example.com/"));
    }

    private static Delivery delivery(String incident, String transition) {
        return new Delivery(
                "acme", UUID.randomUUID(), incident, transition, "{\"rule\":\"R\"}", 1, Duration.ZERO, null);
    }

    @Test
    void opensWhatItMadeUntilItExpires() {
        String token = links().token(CLAIM, NOW);
        Instant end = NOW.plus(AcknowledgeLink.VALID);
        assertThat(links().open(token, end.minusSeconds(1))).contains(CLAIM);
        assertThat(links().open(token, end)).isEmpty();
    }

    @Test
    void opensNothingElse() {
        String token = links().token(CLAIM, NOW);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            // the last character has bits that say nothing
            assertThat(i < token.length() - 1 ? links().open(changed, NOW) : Optional.empty())
                    .isEmpty();
        }
        assertThat(links("another pepper, also long", Optional.empty()).open(token, NOW))
                .isEmpty();
        for (String wrong : new String[] {"", "A", "not base64!", "A".repeat(3_000), token.substring(4)}) {
            assertThat(links().open(wrong, NOW)).as(wrong).isEmpty();
        }
    }

    @Test
    void onlyWhatSaysThatAnIncidentFiresHasALink() {
        assertThat(links().into(delivery("inc-1", "firing"), "kim").body())
                .startsWith("{\"rule\":\"R\",\"acknowledge_url\":\"https://alerts.example.com/v1/acknowledge/");
        for (Delivery without : new Delivery[] {
            delivery("inc-1", "resolved"), delivery("inc-1", "acknowledged"), delivery("test-x", "firing")
        }) {
            assertThat(links().into(without, "kim")).isEqualTo(without);
        }
        assertThat(links().into(delivery("self-x", "firing"), "kim").body()).contains("acknowledge_url");
        Delivery firing = delivery("inc-1", "firing");
        assertThat(links("a pepper of the tests", Optional.empty()).into(firing, "kim"))
                .isEqualTo(firing);
    }
}
