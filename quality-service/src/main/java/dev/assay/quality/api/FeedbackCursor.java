package dev.assay.quality.api;

import dev.assay.platform.web.Problem;
import dev.assay.quality.app.FeedbackReads;
import dev.assay.quality.app.FeedbackReads.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the next page of feedback begins, as an opaque word. */
final class FeedbackCursor {
    private FeedbackCursor() {}

    static String write(FeedbackReads.Item last) {
        String place = last.stars() + " " + last.eventTimeUs() + " " + last.hash();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    static @Nullable Place read(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] place =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split(" ", -1);
            if (place.length == 3) {
                return new Place(Short.parseShort(place[0]), Long.parseLong(place[1]), UUID.fromString(place[2]));
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw Problem.badRequest("cursor", "must be the next_cursor of an earlier page");
    }
}
