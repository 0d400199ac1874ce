package dev.assay.localstack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys of ingest-service's admin API. A refusal is a {@link CommandFailure} with the API's own words. */
final class AdminApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceApi ingest;

    AdminApi(String url, String adminKey) {
        this.ingest = new ServiceApi("ingest-service", url, adminKey);
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
        JsonNode items = ingest.send("GET", path(project), "").path("items");
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
        JsonNode made = ingest.send("POST", path(project), body);
        return new NewKey(made.path("key_id").asText(), made.path("key").asText());
    }

    void revoke(String project, String keyId) throws IOException, CommandFailure {
        ingest.send("DELETE", path(project) + "/" + ServiceApi.encoded(keyId), "");
    }

    private static String path(String project) {
        return "/v1/projects/" + ServiceApi.encoded(project) + "/keys";
    }
}
