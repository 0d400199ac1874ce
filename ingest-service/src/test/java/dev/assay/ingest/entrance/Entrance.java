package dev.assay.ingest.entrance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.localstack.TestStack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;

/** A client of the entrance under test: a project of its own and a key for it. */
final class Entrance {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    final URI base;
    final String project;
    final String key;

    /** What came back. */
    record Answer(int status, String contentType, byte[] body, HttpResponse<byte[]> response) {
        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + text(), e);
            }
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Entrance(URI base, String project, String key) {
        this.base = base;
        this.project = project;
        this.key = key;
    }

    /** The built-in project's own key. */
    static Entrance builtIn(URI base) {
        return new Entrance(base, "default", TestStack.shared().apiKey());
    }

    /** A new project and a key of it that works. */
    static Entrance newProject(URI base, String... scopes) {
        Entrance admin = builtIn(base);
        String id = "t-" + UUID.randomUUID().toString().substring(0, 8);
        admin.awaitKey();
        Answer made = admin.json("POST", "/v1/projects", Map.of("id", id, "name", "a test"));
        if (made.status() != 201) {
            throw new AssertionError(made.status() + " " + made.text());
        }
        Entrance project = new Entrance(base, id, admin.newKey(id, scopes));
        project.awaitKey();
        return project;
    }

    String newKey(String id, String... scopes) {
        Answer made = json("POST", "/v1/projects/" + id + "/keys", Map.of("name", "k", "scopes", scopes));
        if (made.status() != 201) {
            throw new AssertionError(made.status() + " " + made.text());
        }
        return made.json().get("key").asText();
    }

    /** Waits until the key has come back over the control topic. */
    void awaitKey() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> json("POST", "/v1/calls", new Object[0]).status() != 401);
    }

    Answer json(String method, String path, Object body) {
        try {
            return send(method, path, "application/json", MAPPER.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Answer post(String path, String contentType, String body, String... headers) {
        return send("POST", path, contentType, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Sends all of them, sixteen at a time; the answers' statuses in the same order. */
    List<Integer> postAll(String path, String contentType, List<byte[]> bodies) {
        Semaphore open = new Semaphore(16);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (byte[] body : bodies) {
            open.acquireUninterruptibly();
            answers.add(
                    CLIENT.sendAsync(request("POST", path, contentType, body), HttpResponse.BodyHandlers.discarding())
                            .whenComplete((answer, failure) -> open.release())
                            .thenApply(HttpResponse::statusCode));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    Answer send(String method, String path, String contentType, byte[] body, String... headers) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(
                    request(method, path, contentType, body, headers), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        }
    }

    /** Sends a body whose length is not announced. */
    int postChunked(String path, String contentType, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(String method, String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        boolean named = List.of(headers).contains("Authorization");
        if (!key.isEmpty() && !named) {
            request.header("Authorization", "Bearer " + key);
        }
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    Entrance withKey(String other) {
        return new Entrance(base, project, other);
    }

    /** A call that nothing is wrong with. */
    static Map<String, Object> call(String id) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("event_id", id);
        call.put("start_time", Instant.now().minusSeconds(60).toString());
        call.put("duration_ms", 812.5);
        call.put("provider", "openai");
        call.put("request_model", "gpt-4o");
        call.put("input_tokens", 25);
        call.put("output_tokens", 12);
        call.put("app", "shop");
        return call;
    }

    static Map<String, Object> call(String id, String field, Object value) {
        Map<String, Object> call = call(id);
        call.put(field, value);
        return call;
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return zipped.toByteArray();
    }
}
