package dev.assay.quality.domain.safety;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to its window: kept with the call, so that a revision can take exactly that back.
 *
 * @param presence whether there is a response and whether it was judged
 * @param findings two bits each, in the order of {@link #FINDINGS}: known, and true
 * @param words words of the response; 0 when it was not judged
 */
public record CallContribution(Presence presence, int findings, int words) {
    /** The measures of the findings, in the order of their bits. Never reordered: stored rows depend on it. */
    private static final Measure[] FINDINGS = {
        Measure.MEASURE_TOXICITY,
        Measure.MEASURE_TOXIC_PAGE,
        Measure.MEASURE_HALLUCINATION,
        Measure.MEASURE_REFUSAL,
        Measure.MEASURE_HARMFUL_REFUSAL,
        Measure.MEASURE_OVER_REFUSAL,
        Measure.MEASURE_JAILBREAK_ATTEMPT,
        Measure.MEASURE_JAILBREAK_SUCCESS,
        Measure.MEASURE_PII,
        Measure.MEASURE_SAFE_RESPONSE
    };

    /** The contribution of a call that has none. */
    public static final CallContribution NOTHING = new CallContribution(Presence.NONE, 0, 0);

    /** The contribution of a response whose text is not known. */
    public static final CallContribution UNKNOWN = new CallContribution(Presence.UNKNOWN, 0, 0);

    public CallContribution {
        if (words < 0) {
            throw new IllegalArgumentException("words must be >= 0, got: " + words);
        }
    }

    /** The contribution of a judged response. */
    public static CallContribution of(ResponseFindings it, int words) {
        int bits = bits(0, it.toxic())
                | bits(1, it.toxicPage())
                | bits(2, it.hallucinated())
                | bits(3, it.refused())
                | bits(4, it.harmfulRefused())
                | bits(5, it.overRefused())
                | bits(6, it.jailbreakAttempt())
                | bits(7, it.jailbreakSucceeded())
                | bits(8, it.pii())
                | bits(9, it.safe());
        return new CallContribution(Presence.JUDGED, bits, words);
    }

    private static int bits(int position, @Nullable Boolean finding) {
        return finding == null ? 0 : (finding ? 3 : 1) << (2 * position);
    }

    /** Adds this to a window ({@code sign} 1) or takes it back ({@code sign} -1). */
    public void addTo(WindowState window, int sign) {
        if (presence == Presence.NONE) {
            return;
        }
        window.add(Measure.MEASURE_RESPONSES, sign, presence == Presence.JUDGED ? sign : 0);
        for (int i = 0; i < FINDINGS.length; i++) {
            int bits = findings >>> (2 * i) & 3;
            if (bits != 0) {
                window.add(FINDINGS[i], sign, bits == 3 ? sign : 0);
            }
        }
        if (words > 0) {
            window.observeMicros(Measure.MEASURE_RESPONSE_WORDS, words, sign);
        }
    }
}
