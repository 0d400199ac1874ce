package dev.assay.platform.kpi;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RoganGladen;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a KPI, with what one has to know to trust it.
 *
 * @param value null if it is not known; a {@code BigDecimal} where it is exact
 * @param count the observations that it rests on
 * @param coverage the share of what it could have been computed for; null if that is not known or makes no sense
 * @param ci95 its 95 % interval; null if that is not known or makes no sense
 * @param target what it is held against; null if it has no target
 * @param met whether it meets the target; null if that cannot be said
 * @param previous the period before; null if that was not asked for
 * @param version where it stands in time; null outside of an answer
 * @param judgeable whether its evaluator errs little enough for its target; null if no evaluator is involved
 * @param evidence how well its evaluator did on data it had not seen; null if that is not known
 * @param currency of a sum of money
 * @param distribution of the observations, where it belongs to the KPI
 * @param found of a rate, how many of the observations have what it counts
 */
@JsonSerialize(using = KpiValueSerializer.class)
public record KpiValue(
        Kpi kpi,
        @Nullable Number value,
        long count,
        @Nullable Double coverage,
        @Nullable Interval ci95,
        @Nullable Target target,
        @Nullable Boolean met,
        @Nullable Previous previous,
        @Nullable Version version,
        @Nullable Boolean judgeable,
        @Nullable Evidence evidence,
        @Nullable String currency,
        @Nullable Map<String, Long> distribution,
        long found) {

    /**
     * How well an evaluator separates what a rate counts from the rest, where it does worst among the sources that it was
     * not trained on.
     *
     * @param evaluator its name with its version
     * @param worstSource where it does worst
     * @param worstAuc the area under the ROC curve there
     */
    public record Evidence(String evaluator, String worstSource, double worstAuc) {}

    /** The value of the period before; null in it if that is not known. */
    public record Previous(@Nullable Number value) {}

    /** An opaque string that changes whenever a window in the figure does, and whether all of them are settled. */
    public record Version(String revision, boolean settled) {}

    public KpiValue {
        distribution = distribution == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(distribution));
    }

    static KpiValue of(Kpi kpi, Formula.Reading reading) {
        return new KpiValue(
                        kpi,
                        reading.value(),
                        reading.count(),
                        reading.coverage(),
                        reading.ci95(),
                        null,
                        null,
                        null,
                        null,
                        kpi.judged() ? Boolean.TRUE : null,
                        null,
                        null,
                        reading.distribution(),
                        reading.found())
                .against(kpi.target());
    }

    /** The value as a floating-point number; empty if it is not known. */
    public OptionalDouble asDouble() {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
    }

    /** The same with a coverage and an interval, for what a service worked out otherwise. */
    public KpiValue with(@Nullable Double newCoverage, @Nullable Interval interval) {
        return new KpiValue(
                kpi,
                value,
                count,
                newCoverage,
                interval,
                target,
                met,
                previous,
                version,
                judgeable,
                evidence,
                currency,
                distribution,
                found);
    }

    /** The same, held against a target; null for none. */
    public KpiValue against(@Nullable Target newTarget) {
        Boolean meets = newTarget == null || value == null || Boolean.FALSE.equals(judgeable)
                ? null
                : newTarget.met(value.doubleValue(), previous == null ? null : previous.value());
        return new KpiValue(
                kpi,
                value,
                count,
                coverage,
                ci95,
                newTarget,
                meets,
                previous,
                version,
                judgeable,
                evidence,
                currency,
                distribution,
                found);
    }

    /** The same beside the value of the period before. */
    public KpiValue comparedWith(KpiValue before) {
        return new KpiValue(
                        kpi,
                        value,
                        count,
                        coverage,
                        ci95,
                        target,
                        met,
                        new Previous(before.value),
                        version,
                        judgeable,
                        evidence,
                        currency,
                        distribution,
                        found)
                .against(target);
    }

    /** The same as judged by an evaluator: corrected for its errors where that is wanted, and judgeable or not. */
    public KpiValue judgedBy(Evaluator evaluator) {
        Number corrected = value;
        Interval interval = ci95;
        if (evaluator.corrects() && value != null) {
            RoganGladen estimate =
                    RoganGladen.correct(found, count, evaluator.judge()).orElse(null);
            if (estimate != null) {
                corrected = estimate.rate();
                interval = estimate.ci95();
            }
        }
        boolean canJudge = target == null ? evaluator.judge().informedness() > 0 : evaluator.canJudge(target);
        return new KpiValue(
                        kpi,
                        corrected,
                        count,
                        coverage,
                        interval,
                        target,
                        met,
                        previous,
                        version,
                        canJudge,
                        evaluator.evidence(),
                        currency,
                        distribution,
                        found)
                .against(target);
    }

    /** The same as of a state of its windows. */
    public KpiValue at(String revision, boolean settled) {
        return new KpiValue(
                kpi,
                value,
                count,
                coverage,
                ci95,
                target,
                met,
                previous,
                new Version(revision, settled),
                judgeable,
                evidence,
                currency,
                distribution,
                found);
    }

    /** The same, a sum of money being in a currency. */
    public KpiValue in(String newCurrency) {
        return kpi.unit() != Unit.MONEY
                ? this
                : new KpiValue(
                        kpi,
                        value,
                        count,
                        coverage,
                        ci95,
                        target,
                        met,
                        previous,
                        version,
                        judgeable,
                        evidence,
                        newCurrency,
                        distribution,
                        found);
    }
}
