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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in for a service, which answers as cost-service's {@code DeadLettersIT} says that one does. */
class DeadLettersCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicInteger left = new AtomicInteger();
    private HttpServer server;
    private DeadLettersCommand command;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/dead-letters", this::list);
        server.createContext("/v1/dead-letters/replay", this::replay);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        command = new DeadLettersCommand(
                List.of(new ServiceApi("quality-service", url, "key"), new ServiceApi("cost-service", url, "key")),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void saysThatThereAreNone() throws Exception {
        command.run(List.of("list"));
        assertThat(printed()).isEqualTo("There are no dead letters.\n");
    }

    @Test
    void listsEveryPageOfTheServiceAskedFor() throws Exception {
        left.set(2);
        command.run(List.of("list", "--service", "cost"));
        assertThat(printed().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("SERVICE"),
                        line -> assertThat(line).contains("cost-service", "llm.calls.v1/3/2", "kept", "no protobuf"),
                        line -> assertThat(line).contains("cost-service", "llm.calls.v1/3/1", "kept", "no protobuf"));
    }

    @Test
    void putsBackUntilNothingIsLeft() throws Exception {
        left.set(3);
        command.run(List.of("replay"));
        assertThat(printed()).isEqualTo("quality-service: 3 put back\ncost-service: 0 put back\n");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> command.run(List.of())).hasMessageContaining("list or replay");
        assertThatThrownBy(() -> command.run(List.of("list", "--service"))).hasMessageContaining("wants a value");
        assertThatThrownBy(() -> command.run(List.of("list", "--service", "dashboard")))
                .hasMessageContaining("quality-service, cost-service");
        assertThatThrownBy(() -> command.run(List.of("list", "--all"))).hasMessageContaining("no option --all");
        server.stop(0);
        assertThatThrownBy(() -> command.run(List.of("list"))).hasMessageContaining("does not answer");
    }

    /** A letter a page, the latest first. */
    private void list(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer key");
        String query = exchange.getRequestURI().getQuery();
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : left.get();
        String item = from == 0
                ? ""
                : "{\"topic\":\"llm.calls.v1\",\"partition\":3,\"offset\":" + from
                        + ",\"project\":null,\"reason\":\"no protobuf\",\"found_time\":\"2026-03-01T00:00:00Z\","
                        + "\"bytes\":5,\"replayed\":false}";
        answer(
                exchange,
                "{\"items\":[" + item + "],\"next_cursor\":" + (from > 1 ? "\"" + (from - 1) + "\"" : "null") + "}");
    }

    /** Two at a time. */
    private void replay(HttpExchange exchange) throws IOException {
        int back = Math.min(2, left.get());
        answer(exchange, "{\"replayed\":" + back + ",\"left\":" + left.addAndGet(-back) + "}");
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
