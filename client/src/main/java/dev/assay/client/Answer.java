package dev.assay.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the answer to a batch means. */
sealed interface Answer {
    /** Stored, but for some that are refused for good. */
    record Taken(int accepted, int rejected, @Nullable String reason) implements Answer {}

    /** Refused as a whole, for good. */
    record Refused(String reason) implements Answer {}

    /** Not now: the same batch again later. */
    record ComeBack(String reason, @Nullable Duration after) implements Answer {}

    JsonFactory JSON = new JsonFactory();
    int REASON_CHARS = 300;

    static Answer of(int status, @Nullable String retryAfter, String body, int events) {
        return switch (status) {
            case 202 -> new Taken(events, 0, null);
            case 207, 422 -> taken(status, body, events);
            case 408, 425, 429, 500, 502, 503, 504 -> new ComeBack("HTTP " + status, seconds(retryAfter));
            default -> new Refused("HTTP " + status + " " + cut(body));
        };
    }

    private static Answer taken(int status, String body, int events) {
        try (JsonParser json = JSON.createParser(body)) {
            Integer accepted = null;
            String reason = null;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && json.currentName().equals("accepted")) {
                    accepted = json.nextIntValue(0);
                } else if (token == JsonToken.FIELD_NAME && json.currentName().equals("reason") && reason == null) {
                    reason = json.nextTextValue();
                }
            }
            if (accepted != null && accepted <= events) {
                return new Taken(accepted, events - accepted, reason);
            }
        } catch (IOException e) {
            // not our answer: some proxy's
        }
        return new Refused("HTTP " + status + " " + cut(body));
    }

    private static @Nullable Duration seconds(@Nullable String retryAfter) {
        try {
            return retryAfter == null ? null : Duration.ofSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
        } catch (NumberFormatException e) {
            return null; // a date: our own back-off will do
        }
    }

    private static String cut(String body) {
        return body.length() <= REASON_CHARS ? body : body.substring(0, REASON_CHARS);
    }
}
