package dev.assay.quality;

import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.TreeMap;

/** Gives a test the embedded broker and PostgreSQL, and an internal key pair of which the test holds the private half. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Map<String, String> environment = new TreeMap<>(TestStack.environment("quality"));
        environment.put("assay.windows.every", "200ms");
        return environment;
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
