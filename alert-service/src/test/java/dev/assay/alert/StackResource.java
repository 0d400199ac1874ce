package dev.assay.alert;

import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Gives a test the embedded broker and PostgreSQL. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    private static final String FOLDER = "assay.test.rules";

    /** Where the service looks for files of rules. */
    static final Path RULES = rules();

    private static Path rules() {
        try {
            String known = System.getProperty(FOLDER); // the tests' class loader is another than the resource's
            if (known != null) {
                return Path.of(known);
            }
            Path folder = Files.createTempDirectory("assay-rules");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> environment = new TreeMap<>(TestStack.environment("alert"));
        environment.put("ASSAY_WEBHOOK_ALLOWED_HOSTS", "127.0.0.1");
        environment.put("assay.alert.send-timeout", "2s");
        environment.put("assay.alert.rules-path", RULES.toString());
        environment.put("assay.alert.rules-every", "1s");
        environment.put("assay.alert.circuit-rest", "3s");
        System.setProperty(FOLDER, RULES.toString());
        return environment;
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
