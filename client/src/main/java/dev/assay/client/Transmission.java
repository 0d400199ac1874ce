package dev.assay.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Sends a batch as NDJSON and says what the answer means. */
final class Transmission {
    private static final int WORTH_COMPRESSING = 1_024;

    private final URI endpoint;
    private final String apiKey;
    private final Duration timeout;
    private final HttpClient http;

    Transmission(URI endpoint, String apiKey, Duration timeout) {
        this.endpoint = endpoint;
        this.apiKey = apiKey;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** One try. A connection that fails is a reason to come back: whether the batch arrived is not known. */
    Answer send(List<EventQueue.Line> batch) throws InterruptedException {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (EventQueue.Line line : batch) {
                body.write(line.json());
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            endpoint.resolve(batch.get(0).path()))
                    .timeout(timeout)
                    .header("Authorization", "Bearer " + apiKey)
                    .header("Content-Type", "application/x-ndjson");
            byte[] bytes = body.toByteArray();
            if (bytes.length > WORTH_COMPRESSING) {
                bytes = gzip(bytes);
                request.header("Content-Encoding", "gzip");
            }
            HttpResponse<String> answer = http.send(
                    request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return Answer.of(
                    answer.statusCode(),
                    answer.headers().firstValue("Retry-After").orElse(null),
                    answer.body(),
                    batch.size());
        } catch (IOException e) {
            return new Answer.ComeBack(String.valueOf(e), null);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }
}
