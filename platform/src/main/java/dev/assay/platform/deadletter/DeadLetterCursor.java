package dev.assay.platform.deadletter;

import dev.assay.platform.web.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last letter of a page: the next one begins after it. */
record DeadLetterCursor(Instant foundTime, String topic, int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,17})/([a-z0-9.]{1,60})/(\\d{1,9})/(\\d{1,18})");

    static DeadLetterCursor of(DeadLetter letter) {
        return new DeadLetterCursor(letter.foundTime(), letter.topic(), letter.partition(), letter.offset());
    }

    static DeadLetterCursor decode(String text) {
        try {
            Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            if (form.matches()) {
                return new DeadLetterCursor(
                        Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS),
                        form.group(2),
                        Integer.parseInt(form.group(3)),
                        Long.parseLong(form.group(4)));
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw Problem.badRequest("cursor", "must be the next_cursor of an earlier answer");
    }

    String encode() {
        String text =
                ChronoUnit.MICROS.between(Instant.EPOCH, foundTime) + "/" + topic + "/" + partition + "/" + offset;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
