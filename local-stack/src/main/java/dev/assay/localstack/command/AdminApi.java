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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys of ingest-service's admin API. A refusal is a {@link CommandFailure} with the API's own words. */
final class AdminApi {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String url;
    private final String adminKey;

    AdminApi(String url, String adminKey) {
        this.url = url;
        this.adminKey = adminKey;
    }

    /** A key as it is listed. */
    record Key(String id, String name, List<String> scopes, String createdTime, String revokedTime) {
        boolean isLive() {
            return revokedTime.isEmpty();
        }
    }

    /** A key that was made: the only time that its text is known. */
    record NewKey(String id, String text) {}

    List<Key> keys(String project) throws IOException, CommandFailure {
        JsonNode items = JSON.readTree(send("GET", path(project), "")).path("items");
        List<Key> keys = new ArrayList<>();
        for (JsonNode item : items) {
            List<String> scopes = new ArrayList<>();
            item.path("scopes").forEach(scope -> scopes.add(scope.asText()));
            keys.add(new Key(
                    item.path("key_id").asText(),
                    item.path("name").asText(),
                    scopes,
                    item.path("created_time").asText(),
                    item.path("revoked_time").isNull()
                            ? ""
                            : item.path("revoked_time").asText()));
        }
        return keys;
    }

    NewKey create(String project, String name, List<String> scopes) throws IOException, CommandFailure {
        String body = JSON.writeValueAsString(Map.of("name", name, "scopes", scopes));
        JsonNode made = JSON.readTree(send("POST", path(project), body));
        return new NewKey(made.path("key_id").asText(), made.path("key").asText());
    }

    void revoke(String project, String keyId) throws IOException, CommandFailure {
        send("DELETE", path(project) + "/" + encoded(keyId), "");
    }

    private static String path(String project) {
        return "/v1/projects/" + encoded(project) + "/keys";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String send(String method, String path, String body) throws IOException, CommandFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + adminKey)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CommandFailure("ingest-service does not answer at " + url + ": see ./assay status.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Stopped while waiting for ingest-service.");
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
