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
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A service's HTTP API. A refusal is a {@link CommandFailure} with the API's own words. */
final class ServiceApi {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
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
        return JSON.readTree(text(method, path, body, ANSWER));
    }

    /** What it answers, within the time given, as it comes. */
    String text(String method, String path, String body, Duration patience) throws CommandFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException tooSlow) {
            throw new CommandFailure(service + " did not answer within " + patience.toSeconds() + " s.");
        } catch (IOException unreachable) {
            throw new CommandFailure(service + " does not answer at " + url + ": see ./assay status.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Stopped while waiting for " + service + ".");
        }
        if (answer.statusCode() >= 300) {
            throw new CommandFailure("Refused: " + detail(answer) + ".");
        }
        return answer.body();
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
