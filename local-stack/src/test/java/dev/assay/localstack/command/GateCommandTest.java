package dev.assay.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for quality-service, which answers as its {@code GatesIT} says that it does. */
class GateCommandTest {
    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path files;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<JsonNode> runs = new ArrayList<>();
    private boolean passed = true;
    private HttpServer server;
    private GateCommand command;
    private Path outputs;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        files = temporary;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/gates", this::gates);
        server.createContext("/v1/gates/" + ID + "/run", this::run);
        server.createContext("/v1/gates/" + ID + "/runs/run-7/report", this::report);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        command = new GateCommand(
                new ServiceApi("quality-service", url, "key"),
                Map.of("PROVIDER_KEY", "sk-secret"),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        outputs = Files.writeString(files.resolve("answers.jsonl"), """
                {"id": "c1", "output": "yes"}

                {"id": 2, "output": ""}
                """);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listsTheGates() throws Exception {
        assertThat(command.run(List.of("list"))).isZero();
        assertThat(printed().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("ID"),
                        line -> assertThat(line).contains(ID, "support", "questions", "none"),
                        line -> assertThat(line).contains("twice", "run-1"),
                        line -> assertThat(line).contains("twice"));
    }

    @Test
    void sendsTheAnswersAndEndsByTheVerdict() throws Exception {
        assertThat(command.run(List.of("run", "support", "--outputs", outputs.toString(), "--label", "v4")))
                .isZero();
        assertThat(printed()).isEqualTo("# support: report\n");
        assertThat(runs)
                .containsExactly(JSON.readTree("{\"label\":\"v4\",\"baseline\":false,\"outputs\":["
                        + "{\"id\":\"c1\",\"output\":\"yes\"},{\"id\":\"2\",\"output\":\"\"}]}"));
        passed = false;
        assertThat(command.run(List.of("run", ID, "--outputs", outputs.toString(), "--baseline")))
                .isEqualTo(1);
        assertThat(runs.get(1).get("baseline").asBoolean()).isTrue();
    }

    @Test
    void writesTheReports() throws Exception {
        Path markdown = files.resolve("gate.md");
        Path junit = files.resolve("gate.xml");
        command.run(List.of(
                "run",
                "support",
                "--outputs",
                outputs.toString(),
                "--markdown",
                markdown.toString(),
                "--junit",
                junit.toString()));
        assertThat(markdown).hasContent("# support: report");
        assertThat(junit).hasContent("<testsuite/>");
    }

    @Test
    void asksAnEndpointWithAKeyFromTheEnvironment() throws Exception {
        Path system = Files.writeString(files.resolve("system.txt"), "Be brief.");
        List<String> arguments = List.of(
                "run",
                "support",
                "--endpoint",
                "https://llm.example/v1",
                "--model",
                "small",
                "--system",
                system.toString(),
                "--api-key-variable",
                "PROVIDER_KEY");
        assertThat(command.run(arguments)).isZero();
        assertThat(runs.get(0).get("endpoint"))
                .isEqualTo(JSON.readTree("{\"url\":\"https://llm.example/v1\",\"model\":\"small\","
                        + "\"api_key\":\"sk-secret\",\"system\":\"Be brief.\"}"));
        assertThat(printed()).doesNotContain("sk-secret");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        String answers = outputs.toString();
        refuses("gate list", "run");
        refuses("gate list", "run", "--outputs", answers);
        refuses("There is no gate nightly", "run", "nightly", "--outputs", answers);
        refuses("2 gates named twice", "run", "twice", "--outputs", answers);
        refuses("either --outputs FILE or --endpoint URL", "run", "support");
        refuses("--endpoint wants a --model", "run", "support", "--endpoint", "https://llm.example");
        refuses("--model is for an --endpoint", "run", "support", "--outputs", answers, "--model", "small");
        refuses("no option --fast", "run", "support", "--fast");
        refuses("--outputs wants a value", "run", "support", "--outputs");
        refuses("There is no file nowhere", "run", "support", "--outputs", "nowhere");
        refuses(
                "The variable NOT_SET is not set",
                "run",
                "support",
                "--endpoint",
                "https://llm.example",
                "--model",
                "small",
                "--api-key-variable",
                "NOT_SET");
        Files.writeString(outputs, "{\"id\":\"c1\",\"output\":\"yes\"}\nno\n");
        refuses("line 2: not a JSON object", "run", "support", "--outputs", answers);
        Files.writeString(outputs, "{\"id\":\"c1\",\"answer\":\"yes\"}\n");
        refuses("line 1: wants the fields", "run", "support", "--outputs", answers);
        Files.writeString(outputs, "\n");
        refuses("has no lines", "run", "support", "--outputs", answers);
        assertThat(runs).isEmpty();
    }

    private void refuses(String sentence, String... arguments) {
        assertThatThrownBy(() -> command.run(List.of(arguments)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(sentence);
    }

    private void gates(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                "{\"items\":[" + gate(ID, "support", "null") + "," + gate("a", "twice", "\"run-1\"") + ","
                        + gate("b", "twice", "null") + "]}");
    }

    private static String gate(String id, String name, String baseline) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"dataset\":\"questions\",\"dataset_version\":3,"
                + "\"baseline_run\":" + baseline + "}";
    }

    private void run(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestMethod()).isEqualTo("POST");
        runs.add(JSON.readTree(exchange.getRequestBody()));
        answer(exchange, "{\"run_id\":\"run-7\",\"passed\":" + passed + "}");
    }

    private void report(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                "format=junit".equals(exchange.getRequestURI().getQuery()) ? "<testsuite/>" : "# support: report\n");
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
