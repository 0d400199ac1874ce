package dev.assay.platform.web;

import dev.assay.contracts.Topics;
import dev.assay.platform.kafka.Broker;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the broker answers and every topic of {@link Topics} exists. */
@Readiness
@ApplicationScoped
class TopicsReadiness implements AsyncHealthCheck {
    private final Broker broker;

    TopicsReadiness(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return broker.topics()
                .map(TopicsReadiness::compare)
                .onFailure()
                .recoverWithItem(failure -> named().down()
                        .withData("broker", "no answer from " + broker.address())
                        .build());
    }

    private static HealthCheckResponse compare(Set<String> existing) {
        List<String> missing = Topics.all().stream()
                .map(Topics.Topic::name)
                .filter(name -> !existing.contains(name))
                .toList();
        HealthCheckResponseBuilder answer = named().status(missing.isEmpty());
        if (!missing.isEmpty()) {
            answer.withData("missing", String.join(", ", missing));
        }
        return answer.build();
    }

    private static HealthCheckResponseBuilder named() {
        return HealthCheckResponse.named("Kafka answers and has every topic");
    }
}
