package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ingest.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What comes over a socket that no HTTP client would send; a good request is answered within a second all the while. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireIT {
    private static final int PATIENCE_MS = 10_000;

    @TestHTTPResource("/")
    URI base;

    private Entrance entrance;

    @BeforeEach
    void project() {
        if (entrance == null) {
            entrance = Entrance.newProject(base, "ingest");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private String head(String... more) {
        return "POST /v1/calls HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAuthorization: Bearer " + entrance.key
                + "\r\nContent-Type: application/json\r\n" + String.join("", more) + "\r\n";
    }

    /** All that the server sends until it closes. */
    private static String answer(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all.write(buffer, 0, read);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void assertAnswersAGoodRequest() {
        long start = System.nanoTime();
        assertThat(entrance.json("POST", "/v1/calls", Entrance.call("good")).status())
                .isEqualTo(202);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void doesNotTakeARequestHiddenBehindAnother() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    head("Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n"
                            + "GET /info HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: close\r\n\r\n");
            socket.shutdownOutput();
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").doesNotContain("\"version\"");
        }
        assertAnswersAGoodRequest();
    }

    @Test
    void refusesTwoDifferentLengths() throws Exception {
        try (Socket socket = connect()) {
            write(socket, head("Content-Length: 2\r\n", "Content-Length: 3\r\n") + "{}x");
            socket.shutdownOutput();
            assertThat(answer(socket)).startsWith("HTTP/1.1 400");
        }
        assertAnswersAGoodRequest();
    }

    @Test
    void standsABodyThatBreaksOff() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = connect()) {
                write(socket, head("Content-Length: 1000\r\n") + "[{\"request_model\":");
            }
        }
        assertAnswersAGoodRequest();
    }

    @Test
    void standsConnectionsThatTakeTheirTime() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = connect();
                slow.add(socket);
                write(
                        socket,
                        switch (i % 3) {
                            case 0 -> "POST /v1/calls HTTP/1.1\r\nHost: x\r\nX-Slow: ";
                            case 1 -> head("Content-Length: 100000\r\n") + "[";
                            default -> "";
                        });
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < slow.size(); i++) {
                    write(slow.get(i), i % 3 == 2 ? "" : " ");
                }
                assertAnswersAGoodRequest();
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertAnswersAGoodRequest();
    }

    /** CVE-2023-44487: streams opened and reset faster than their requests end. */
    @Test
    void closesAnHttp2ConnectionThatResetsStreamAfterStream() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(frame(4, 0, 0));
            // :method POST, :scheme http, :path / from HPACK's static table; :authority a
            byte[] request = {(byte) 0x83, (byte) 0x86, (byte) 0x84, 0x01, 0x01, 'a'};
            boolean closed = false;
            try {
                for (int stream = 1; stream < 20_000; stream += 2) {
                    out.write(frame(1, 0x4, stream, request));
                    out.write(frame(3, 0, stream, new byte[] {0, 0, 0, 8}));
                }
                out.flush();
                answer(socket);
                closed = true;
            } catch (IOException reset) {
                closed = !(reset instanceof java.net.SocketTimeoutException);
            }
            assertThat(closed).isTrue();
        }
        assertAnswersAGoodRequest();
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[5] = (byte) (stream >>> 24);
        frame[6] = (byte) (stream >>> 16);
        frame[7] = (byte) (stream >>> 8);
        frame[8] = (byte) stream;
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }
}
