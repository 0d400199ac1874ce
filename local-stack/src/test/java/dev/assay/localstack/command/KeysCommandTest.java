package dev.assay.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in for the admin API, which answers as ingest-service's {@code ProjectsIT} says that one does. */
class KeysCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN_KEY = "assay_own_secret";

    private final ArrayNode keys = JSON.createArrayNode();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private HttpServer server;
    private KeysCommand command;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/projects/shop/keys", this::answer);
        server.createContext("/", exchange -> send(exchange, 404, problem("there is no such project")));
        server.start();
        AdminApi api = new AdminApi("http://127.0.0.1:" + server.getAddress().getPort(), OWN_KEY);
        command = new KeysCommand(api, OWN_KEY, print(out), print(notes));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void showsANewKeyAloneOnTheOutput() throws Exception {
        assertThat(run("create", "checkout", "--project", "shop", "--scopes", "read"))
                .isZero();
        assertThat(text(out)).isEqualTo("assay_k1_secret\n");
        assertThat(text(notes)).contains("k1", "shop", "shown this once");
        assertThat(keys.get(0).get("scopes")).hasSize(1);
    }

    @Test
    void listsKeysWithTheirState() throws Exception {
        run("create", "checkout", "--project", "shop");
        run("create", "batch", "--project", "shop");
        run("revoke", "k1", "--project", "shop");
        out.reset();
        run("list", "--project", "shop");
        assertThat(text(out).lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("k1", "checkout", "ingest,read", "revoked 2026"),
                        line -> assertThat(line).contains("k2", "batch", "live"));
    }

    @Test
    void rotatesWithTheNameAndScopesOfTheOldKey() throws Exception {
        run("create", "checkout", "--project", "shop", "--scopes", "ingest");
        out.reset();
        run("rotate", "k1", "--project", "shop");
        assertThat(text(out)).isEqualTo("assay_k2_secret\n");
        assertThat(keys.get(0).get("revoked_time").isNull()).isFalse();
        assertThat(keys.get(1).get("name").asText()).isEqualTo("checkout");
        assertThat(keys.get(1).get("scopes")).isEqualTo(keys.get(0).get("scopes"));
        assertThatThrownBy(() -> run("rotate", "k1", "--project", "shop")).hasMessageContaining("no live key k1");
    }

    @Test
    void keepsTheInstallationsOwnKey() {
        assertThatThrownBy(() -> run("revoke", "own")).hasMessageContaining("installation's own");
        assertThatThrownBy(() -> run("rotate", "own")).hasMessageContaining("installation's own");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> run("list", "--project", "no-such")).hasMessage("Refused: there is no such project.");
        assertThatThrownBy(() -> run()).hasMessageContaining("./assay keys list");
        assertThatThrownBy(() -> run("create")).hasMessageContaining("create NAME");
        assertThatThrownBy(() -> run("sing", "x")).hasMessageContaining("./assay keys list");
        assertThatThrownBy(() -> run("list", "--project")).hasMessageContaining("wants a value");
        assertThatThrownBy(() -> run("list", "--colour")).hasMessageContaining("no option --colour");
        server.stop(0);
        assertThatThrownBy(() -> run("list")).hasMessageContaining("does not answer");
    }

    private int run(String... arguments) throws IOException, CommandFailure {
        return command.run(List.of(arguments));
    }

    private void answer(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + OWN_KEY);
        switch (exchange.getRequestMethod()) {
            case "GET" -> send(exchange, 200, JSON.createObjectNode().set("items", keys));
            case "POST" -> send(exchange, 201, make(JSON.readTree(exchange.getRequestBody())));
            default -> {
                String path = exchange.getRequestURI().getPath();
                revoke(path.substring(path.lastIndexOf('/') + 1));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            }
        }
    }

    private JsonNode make(JsonNode asked) {
        String id = "k" + (keys.size() + 1);
        ObjectNode key =
                keys.addObject().put("key_id", id).put("name", asked.get("name").asText());
        key.set("scopes", asked.get("scopes"));
        key.put("created_time", "2026-03-01T00:00:00Z").putNull("revoked_time");
        return JSON.createObjectNode().put("key", "assay_" + id + "_secret").put("key_id", id);
    }

    private void revoke(String id) {
        keys.forEach(key -> {
            if (key.get("key_id").asText().equals(id)) {
                ((ObjectNode) key).put("revoked_time", "2026-03-02T00:00:00Z");
            }
        });
    }

    private static JsonNode problem(String detail) {
        return JSON.createObjectNode().put("title", "Not found").put("detail", detail);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
