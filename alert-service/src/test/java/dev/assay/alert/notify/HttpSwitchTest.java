package dev.assay.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSwitchTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger beats = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", beat -> {
            beats.incrementAndGet();
            beat.sendResponseHeaders(204, -1);
            beat.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        vertx.close().await().indefinitely();
    }

    private HttpSwitch leadingTo(String url, Optional<Set<String>> allowed) {
        Map<String, Object> answers = Map.of(
                "allowedHosts", allowed,
                "sendTimeout", Duration.ofSeconds(5),
                "heartbeatUrl", Optional.of(url),
                "heartbeatSecret", Optional.empty());
        AlertConfig config = (AlertConfig) Proxy.newProxyInstance(
                AlertConfig.class.getClassLoader(),
                new Class<?>[] {AlertConfig.class},
                (proxy, called, arguments) -> Optional.ofNullable(answers.get(called.getName()))
                        .orElseThrow(() -> new UnsupportedOperationException(called.getName())));
        return new HttpSwitch(new GuardedHttp(vertx, config), new ObjectMapper(), config);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/ping";
    }

    @Test
    void leadsIntoTheHouseOnlyIfThatIsAllowed() {
        HttpSwitch refused = leadingTo(url(), Optional.empty());
        assertThat(refused.beat(Instant.now()).await().indefinitely()).isInstanceOf(Attempt.Forbidden.class);
        assertThat(beats).hasValue(0);

        HttpSwitch allowed = leadingTo(url(), Optional.of(Set.of("127.0.0.1")));
        assertThat(allowed.beat(Instant.now()).await().indefinitely()).isEqualTo(new Attempt.Answered(204, null));
        assertThat(beats).hasValue(1);
    }

    @Test
    void isRefusedAtStartWithoutRepeatingAnAddressThatMayHoldAToken() {
        assertThatThrownBy(() -> leadingTo("ftp://example.com/the-token", Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ASSAY_HEARTBEAT_URL")
                .hasMessageNotContaining("the-token");
    }
}
