package dev.assay.quality.domain.users;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of feedback adds to its window.
 *
 * @param stars 1 to 5; null when the user gave neither stars nor a thumb
 * @param nps 0 to 10; null when not asked
 */
public record Satisfaction(
        @Nullable Integer stars, @Nullable Integer nps) {
    /** A thumb up counts as five stars. */
    public static final int THUMB_UP = 5;

    /** A thumb down counts as one star. */
    public static final int THUMB_DOWN = 1;

    private static final int SATISFIED = 4;

    public Satisfaction {
        if (stars != null && (stars < 1 || stars > 5)) {
            throw new IllegalArgumentException("stars must be 1 to 5, got: " + stars);
        }
        if (nps != null && (nps < 0 || nps > 10)) {
            throw new IllegalArgumentException("nps must be 0 to 10, got: " + nps);
        }
    }

    /** The stars of a rating or, where there is none, of a thumb: up is five, down is one. */
    public static @Nullable Integer stars(@Nullable Integer rating, @Nullable Boolean thumbUp) {
        if (rating != null || thumbUp == null) {
            return rating;
        }
        return thumbUp ? THUMB_UP : THUMB_DOWN;
    }

    /** Adds this to a window so many times, or takes it back where {@code times} is negative. */
    public void addTo(WindowState window, long times) {
        if (stars != null) {
            window.add(Measure.MEASURE_CSAT, times, stars >= SATISFIED ? times : 0);
            window.addSum(Measure.MEASURE_CSAT, times * stars);
            window.addBucket(Measure.MEASURE_CSAT, stars, times);
        }
        if (nps != null) {
            window.add(Measure.MEASURE_NPS, times, 0);
            window.addBucket(Measure.MEASURE_NPS, nps, times);
        }
    }
}
