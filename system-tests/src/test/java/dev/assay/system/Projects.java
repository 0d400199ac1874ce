package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.localstack.Service;
import java.time.Duration;
import java.util.List;

/** Projects made through the API, as an operator makes them. */
final class Projects {
    private static final Duration KNOWN_EVERYWHERE = Duration.ofSeconds(15);

    /** A new project's key with the scopes {@code ingest} and {@code read}, known to every replica of every service. */
    static String create(RunningStack stack, String id) {
        return create(stack, id, "ingest", "read");
    }

    /** A new project's key with these scopes, known to every replica of every service. */
    static String create(RunningStack stack, String id, String... scopes) {
        Api builtIn = new Api(stack.url(Service.INGEST), stack.key());
        Api.Answer project = builtIn.post("/v1/projects", "{\"id\":\"" + id + "\",\"name\":\"" + id + "\"}");
        assertThat(project.status()).as(project.body()).isEqualTo(201);
        Api.Answer key = builtIn.post(
                "/v1/projects/" + id + "/keys",
                "{\"name\":\"test\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}");
        assertThat(key.status()).as(key.body()).isEqualTo(201);
        String text = key.json().get("key").asText();
        await().atMost(KNOWN_EVERYWHERE).until(() -> knows(stack, text));
        return text;
    }

    private static boolean knows(RunningStack stack, String key) {
        for (Service service : List.of(Service.INGEST, Service.QUALITY, Service.COST, Service.ALERT)) {
            for (var replica : stack.replicas(service)) {
                if (new Api(replica.url(), key).get(probe(service)).status() != 200) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String probe(Service service) {
        return switch (service) {
            case INGEST -> "/v1/kpis/operations";
            case QUALITY -> "/v1/kpis/safety";
            case COST -> "/v1/kpis/cost";
            case ALERT -> "/v1/alerts";
            case DASHBOARD -> "/";
        };
    }

    private Projects() {}
}
