package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a second of speech or film sent costs.
 *
 * <p>Transcribed speech is billed once by the second; some rows name that price on the output side and leave the input's at
 * zero. Rows with one price for audio and another for film leave open which of the two a call's seconds were.
 */
final class SpeechSeconds {
    private SpeechSeconds() {}

    /** Whether the row has two different prices for a second, and no event tells which of them holds. */
    static boolean areUndecidable(PriceRow row) {
        BigDecimal audio = row.rates().get(RateNames.AUDIO_PER_SECOND);
        BigDecimal film = row.rates().get(RateNames.VIDEO_PER_SECOND);
        return !row.rates().containsKey(RateNames.INPUT_PER_SECOND)
                && audio != null
                && film != null
                && audio.compareTo(film) != 0;
    }

    /** The price of a second: the listed one or, of a transcription, the output's in place of none or zero. */
    static @Nullable UnitPrice price(PriceRow row, @Nullable UnitPrice listed) {
        BigDecimal output = row.rates().get(RateNames.OUTPUT_PER_SECOND);
        boolean unpricedInput = listed == null || listed.price().signum() == 0;
        if (output == null
                || output.signum() == 0
                || !unpricedInput
                || !row.mode().equals("audio_transcription")) {
            return listed;
        }
        return new UnitPrice(RateNames.OUTPUT_PER_SECOND, output);
    }
}
