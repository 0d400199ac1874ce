package dev.assay.localstack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Stands in for a service: listens where its environment says, and is ready. */
public final class FakeService {

    /** Starts it. */
    public static void main(String[] arguments) throws IOException {
        serve("ASSAY_HTTP_PORT", "/");
        serve("ASSAY_MANAGEMENT_PORT", "/q/health/ready");
    }

    private static void serve(String variable, String path) throws IOException {
        int port = Integer.parseInt(System.getenv(variable));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext(path, exchange -> {
            byte[] body = "ready".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private FakeService() {}
}
