package dev.assay.alert;

import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.TreeMap;

/** Gives a test the embedded broker and PostgreSQL. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Map<String, String> environment = new TreeMap<>(TestStack.environment("alert"));
        environment.put("ASSAY_WEBHOOK_ALLOWED_HOSTS", "127.0.0.1");
        environment.put("assay.alert.send-timeout", "2s");
        return environment;
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
