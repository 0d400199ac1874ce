package dev.assay.ingest.langfuse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.ingest.http.Body;
import dev.assay.ingest.json.JsonValues;
import dev.assay.platform.web.Problem;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"batch": […]}} item by item; what else the body has is left out. */
final class BatchReader {

    /**
     * Gives each item, as plain values, to {@code items}.
     *
     * @throws Problem 400 if the body is no batch, 413 if it has too many items
     */
    static void read(Body body, int maxItems, Consumer<@Nullable Object> items) {
        try (JsonParser parser = JsonValues.FACTORY.createParser(body.bytes(), 0, body.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noBatch();
            }
            boolean found = false;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean isBatch = "batch".equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (isBatch && value == JsonToken.START_ARRAY) {
                    found = true;
                    readItems(parser, maxItems, items);
                } else {
                    parser.skipChildren();
                }
            }
            if (!found || parser.nextToken() != null) {
                throw noBatch();
            }
        } catch (IOException e) {
            // the parser's own words may repeat what the client sent
            throw Problem.badRequest(null, "the body is not valid JSON");
        }
    }

    private static void readItems(JsonParser parser, int maxItems, Consumer<@Nullable Object> items)
            throws IOException {
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++count > maxItems) {
                throw Problem.tooLarge("at most " + maxItems + " items in a batch");
            }
            items.accept(JsonValues.value(parser));
        }
    }

    private static Problem noBatch() {
        return Problem.badRequest("batch", "must be an array in a JSON object");
    }

    private BatchReader() {}
}
