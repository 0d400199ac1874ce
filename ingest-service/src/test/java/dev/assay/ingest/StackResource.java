package dev.assay.ingest;

import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Gives a test the embedded broker and PostgreSQL, and jobs that do not keep it waiting. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Map<String, String> configuration = new HashMap<>(TestStack.environment("ingest"));
        configuration.put("assay.windows.every", "200ms");
        configuration.put("assay.dead-letters.every", "500ms");
        configuration.put("assay.ledger.series-limit", "50");
        configuration.put("assay.ledger.trace-limit", "200");
        return configuration;
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
