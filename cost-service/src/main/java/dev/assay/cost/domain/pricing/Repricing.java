package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What pricing calls anew comes to. Adding them up in any order gives the same.
 *
 * @param calls whose price or cost changes
 * @param unpricedBefore those of them that had no cost before
 * @param costBefore their list cost before, as far as they had one
 * @param costAfter their list cost after, as far as they have one
 */
public record Repricing(long calls, long unpricedBefore, BigDecimal costBefore, BigDecimal costAfter) {
    /** Nothing changed. */
    public static final Repricing NONE = new Repricing(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    /** With one more call. */
    public Repricing plus(@Nullable BigDecimal before, @Nullable BigDecimal after) {
        return new Repricing(
                calls + 1,
                unpricedBefore + (before == null ? 1 : 0),
                before == null ? costBefore : costBefore.add(before),
                after == null ? costAfter : costAfter.add(after));
    }
}
