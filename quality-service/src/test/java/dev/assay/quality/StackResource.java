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
        environment.put("assay.judge.allowed-hosts", "127.0.0.1");
        environment.put("assay.quality.late-windows", "200ms");
        environment.put("assay.judge.every", "200ms");
        environment.put("assay.judge.retry-after", "200ms");
        environment.put("assay.judge.timeout", "3s");
        environment.put("assay.judge.attempts", "2");
        environment.put("assay.judge.pause", "1s");
        return environment;
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
