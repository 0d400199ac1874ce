package dev.assay.alert;

import com.sun.net.httpserver.HttpServer;
import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Gives a test the embedded broker and PostgreSQL. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    private static final String FOLDER = "assay.test.rules";

    /** The property that holds the last heartbeat: the tests' class loader is another than the resource's. */
    static final String BEAT = "assay.test.beat";

    static final String HEARTBEAT_SECRET = "heartbeat-secret";

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
        environment.put("assay.alert.watch-every", "1s");
        environment.put("assay.alert.unwatched-services", "ingest"); // tests' sources, which stop with their tests
        environment.put("assay.alert.heartbeat-every", "1s");
        environment.put("assay.alert.heartbeat-url", "http://127.0.0.1:" + deadMansSwitch() + "/ping");
        environment.put("assay.alert.heartbeat-secret", HEARTBEAT_SECRET);
        environment.put("assay.alert.expire-after", "3h");
        environment.put("assay.alert.expire-every", "1s");
        environment.put("assay.alert.public-url", "https://alerts.example.com/");
        System.setProperty(FOLDER, RULES.toString());
        return environment;
    }

    /** The port of a dead man's switch that keeps the last beat: its timestamp, signature and body, a line each. */
    private static int deadMansSwitch() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/ping", beat -> {
                String body = new String(beat.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                System.setProperty(
                        BEAT,
                        beat.getRequestHeaders().getFirst("Assay-Timestamp") + "\n"
                                + beat.getRequestHeaders().getFirst("Assay-Signature") + "\n" + body);
                beat.sendResponseHeaders(204, -1);
                beat.close();
            });
            server.start();
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM; its shutdown hook ends it
    }
}
