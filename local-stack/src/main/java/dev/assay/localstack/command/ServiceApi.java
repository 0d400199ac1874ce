package dev.assay.localstack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A service's HTTP API. A refusal is a {@link CommandFailure} with the API's own words. */
final class ServiceApi {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String service;
    private final String url;
    private final String key;

    ServiceApi(String service, String url, String key) {
        this.service = service;
        this.url = url;
        this.key = key;
    }

    String service() {
        return service;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What it answers; a missing node when it answers nothing. */
    JsonNode send(String method, String path, String body) throws IOException, CommandFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CommandFailure(service + " does not answer at " + url + ": see ./assay status.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Stopped while waiting for " + service + ".");
        }
        if (answer.statusCode() >= 300) {
            throw new CommandFailure("Refused: " + detail(answer) + ".");
        }
        return JSON.readTree(answer.body());
    }

    private static String detail(HttpResponse<String> answer) {
        try {
            JsonNode problem = JSON.readTree(answer.body());
            String detail = problem.path("detail").asText(problem.path("title").asText());
            return detail.isEmpty() ? "status " + answer.statusCode() : detail;
        } catch (IOException notJson) {
            return "status " + answer.statusCode();
        }
    }
}
