package dev.assay.cost;

import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives a test the embedded broker and PostgreSQL. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Map<String, String> environment = TestStack.environment("cost");
        environment.put("assay.windows.every", "200ms");
        environment.put("assay.hours.every", "1s");
        environment.put("assay.dead-letters.every", "500ms");
        return environment;
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
