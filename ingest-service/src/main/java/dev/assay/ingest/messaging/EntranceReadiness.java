package dev.assay.ingest.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the topics that the entrance writes to are found, with as many partitions as they need. */
@Readiness
@ApplicationScoped
class EntranceReadiness implements HealthCheck {
    private final EntranceProducer producer;

    EntranceReadiness(EntranceProducer producer) {
        this.producer = producer;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> missing = producer.missingTopics();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("entrance can write").status(missing.isEmpty());
        if (!missing.isEmpty()) {
            answer.withData("missing or with too few partitions", String.join(", ", missing));
        }
        return answer.build();
    }
}
