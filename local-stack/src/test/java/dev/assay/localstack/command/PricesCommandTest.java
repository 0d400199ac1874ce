package dev.assay.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for cost-service, which answers as its {@code PriceCataloguesIT} says that it does. */
class PricesCommandTest {
    private static final String LIST = "{\"gpt-4o\": {}}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();

    private Path folder;

    private HttpServer server;
    private PricesCommand command;
    private Path file;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/prices/catalogues/imports", this::preview);
        server.createContext("/v1/prices/catalogues/imports/7/apply", this::apply);
        server.start();
        ServiceApi cost = new ServiceApi(
                "cost-service", "http://127.0.0.1:" + server.getAddress().getPort(), "key");
        command = new PricesCommand(
                cost, new PrintStream(out, true, StandardCharsets.UTF_8), LocalDate.parse("2026-11-25"));
        file = Files.writeString(folder.resolve("list of prices.json"), LIST);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void showsWhatAListChangesAndChangesNothing() throws Exception {
        command.run(List.of("import", file.toString()));
        assertThat(asked)
                .containsExactly(
                        "POST /v1/prices/catalogues/imports?version=2026-11-25&source=list+of+prices.json " + LIST);
        assertThat(printed().lines())
                .contains(
                        "Of 2 models, beside version 2026-08-01: 1 added, 25 removed, 1 changed.",
                        "+ brand-new",
                        "- old-19",
                        "  ... and 5 more removed",
                        "~ gpt-4o: input_cost_per_token 0.0000025 -> 0.000009, output_cost_per_token 0.00001 -> none",
                        "Rates that no call is priced by: input_cost_per_moon",
                        "Nothing is changed: --apply makes it the catalogue.")
                .doesNotContain("- old-20");
    }

    @Test
    void appliesWhatItShows() throws Exception {
        command.run(List.of(
                "import",
                file.toString(),
                "--apply",
                "--version",
                "v 2",
                "--source",
                "us",
                "--effective-from",
                "2027-01-01T00:00:00Z"));
        assertThat(asked)
                .containsExactly(
                        "POST /v1/prices/catalogues/imports?version=v+2&source=us"
                                + "&effective_from=2027-01-01T00%3A00%3A00Z " + LIST,
                        "POST /v1/prices/catalogues/imports/7/apply ");
        assertThat(printed()).endsWith("Applied: version v 2 holds from 2027-01-01T00:00:00Z.\n");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> command.run(List.of())).hasMessageContaining("prices import FILE");
        assertThatThrownBy(() -> command.run(List.of("import"))).hasMessageContaining("prices import FILE");
        assertThatThrownBy(() -> command.run(List.of("import", "nowhere.json")))
                .hasMessageContaining("There is no file nowhere.json");
        assertThatThrownBy(() -> command.run(List.of("import", file.toString(), "--version")))
                .hasMessageContaining("wants a value");
        assertThatThrownBy(() -> command.run(List.of("import", file.toString(), "--force")))
                .hasMessageContaining("no option --force");
        assertThat(asked).isEmpty();
    }

    private void preview(HttpExchange exchange) throws IOException {
        String removed =
                IntStream.range(0, 25).mapToObj(i -> "\"old-" + i + "\"").collect(Collectors.joining(","));
        answer(
                exchange,
                "{\"id\":\"7\",\"version\":\"x\",\"models\":2,\"base_version\":\"2026-08-01\","
                        + "\"added_count\":1,\"removed_count\":25,\"changed_count\":1,\"added\":[\"brand-new\"],\"removed\":["
                        + removed + "],\"changed\":[{\"key\":\"gpt-4o\",\"rates\":{\"input_cost_per_token\":"
                        + "{\"before\":\"0.0000025\",\"after\":\"0.000009\"},\"output_cost_per_token\":"
                        + "{\"before\":\"0.00001\",\"after\":null}}}],\"unknown_rates\":[\"input_cost_per_moon\"]}");
    }

    private void apply(HttpExchange exchange) throws IOException {
        answer(exchange, "{\"id\":\"7\",\"version\":\"v 2\",\"effective_from\":\"2027-01-01T00:00:00Z\"}");
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer key");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
