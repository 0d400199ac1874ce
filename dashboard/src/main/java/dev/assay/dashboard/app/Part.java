package dev.assay.dashboard.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One part of the page: what a service said, or one sentence on why it did not.
 *
 * @param ok whether {@code data} is there
 * @param service who answers for this part
 * @param error what failed, for people; null when ok
 * @param data the service's answer; null when not ok
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Part(
        boolean ok,
        String service,
        @Nullable String error,
        @Nullable JsonNode data) {

    static Part answered(String service, JsonNode data) {
        return new Part(true, service, null, data);
    }

    static Part failed(String service, String sentence) {
        return new Part(false, service, sentence, null);
    }
}
