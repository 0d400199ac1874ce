package dev.assay.ingest.reads;

import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * The last call of a page: the next page begins behind it, whatever was added or taken away meanwhile.
 *
 * @param sort as in the parameter: a cursor of another order would skip calls
 * @param place the value that the list is sorted by
 */
record CallCursor(String sort, long place, UUID id) {
    private static final int PARTS = 3;

    String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((sort + "/" + place + "/" + id).getBytes(StandardCharsets.US_ASCII));
    }

    static CallCursor decode(String text, CallSort sort) {
        CallCursor cursor;
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("/", PARTS);
            cursor = new CallCursor(parts[0], Long.parseLong(parts[1]), UUID.fromString(parts[2]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new InvalidParameter("cursor", "must be the next_cursor of an earlier answer");
        }
        if (!cursor.sort().equals(sort.text())) {
            throw new InvalidParameter("cursor", "must be used with the sort that it came with: " + sort.text());
        }
        return cursor;
    }
}
