package dev.assay.platform.outbound;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Posts JSON to addresses that projects give. A host's name is resolved once, and the address that was judged is the one
 * that is connected to: a name that answers differently the second time gains nothing. The certificate is checked against
 * the name, redirects are not followed, and each request has a connection of its own. Safe for any thread.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html">
 *     OWASP: Server-Side Request Forgery Prevention</a>
 */
public final class OutboundHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int CONNECT_MS = 5_000;
    private static final int MAX_CONNECTIONS = 128;
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    private final HttpClient client;
    private final Set<String> allowedHosts;
    private final String setting;

    /**
     * A client of its own connections.
     *
     * @param allowedHosts hosts, each with or without a port, that may be connected to although their addresses are not
     *     public
     * @param setting the environment variable by which an operator allows them, for the refusal's text
     */
    public OutboundHttp(Vertx vertx, Optional<Set<String>> allowedHosts, String setting) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MS)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setMaxHeaderSize(MAX_HEAD_BYTES));
        this.allowedHosts = allowedHosts.orElse(Set.of()).stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        this.setting = setting;
    }

    /** Resolves off the event loop, and goes on where it was asked: a database session is bound to its event loop. */
    public Uni<Resolved> resolve(OutboundUrl url) {
        Context asked = io.vertx.core.Vertx.currentContext();
        Uni<Resolved> resolved = Uni.createFrom()
                .item(() -> judged(url))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> new Resolved.Unknown("the host's name takes too long"));
        return asked == null ? resolved : resolved.emitOn(then -> asked.runOnContext(nothing -> then.run()));
    }

    private Resolved judged(OutboundUrl url) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(url.host());
        } catch (UnknownHostException unknown) {
            return new Resolved.Unknown("the host's name is unknown");
        }
        if (!url.isAmong(allowedHosts)) {
            for (InetAddress address : addresses) {
                if (!PublicAddress.is(address)) {
                    return new Resolved.Forbidden(
                            "the host has an address that is not public; " + setting + " can allow it");
                }
            }
        }
        return new Resolved.Address(addresses[0]);
    }

    /**
     * Posts once. The connection is closed when {@code read} is done with the answer, which fails as the connection does.
     *
     * @param judged what {@link #resolve} gave for the URL
     */
    public <T> Uni<T> post(
            OutboundUrl url,
            Resolved.Address judged,
            Map<String, String> headers,
            String body,
            Function<? super HttpClientResponse, Uni<? extends T>> read) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(
                        url.port(), judged.address().getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.tls())
                .setURI(url.target())
                .setFollowRedirects(false)
                .putHeader("Host", url.hostAndPort())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Assay");
        headers.forEach(options::putHeader);
        return client.request(options).chain(request -> send(request, body, read));
    }

    private static <T> Uni<T> send(
            HttpClientRequest request, String body, Function<? super HttpClientResponse, Uni<? extends T>> read) {
        return request.send(body)
                .chain(read)
                .onTermination()
                .invoke(() -> request.connection().closeAndForget());
    }
}
