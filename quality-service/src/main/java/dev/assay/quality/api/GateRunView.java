package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.stats.Interval;
import dev.assay.quality.app.RunGate;
import dev.assay.quality.domain.gate.GateVerdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run amounts to; cases without an answer have failed, {@code unanswered} counts an endpoint's by reason. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record GateRunView(
        String runId,
        String gateId,
        boolean passed,
        List<String> reasons,
        int cases,
        int passedCases,
        double passRate,
        double[] ci95,
        double meanScore,
        Map<String, Long> unanswered,
        @Nullable ComparisonView comparison) {

    /** Case by case against the baseline. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ComparisonView(
            int cases,
            Set<String> fixed,
            Set<String> broken,
            double passRateDifference,
            double[] ci95,
            double pValue,
            double meanScoreDifference,
            double @Nullable [] meanScoreCi95) {
        static ComparisonView of(GateVerdict.Comparison it) {
            Interval scores = it.scores();
            return new ComparisonView(
                    it.cases(),
                    it.fixed(),
                    it.broken(),
                    it.rates().difference(),
                    array(it.rates().ci95()),
                    it.rates().pValue(),
                    it.scoreDifference(),
                    scores == null ? null : array(scores));
        }
    }

    static GateRunView of(RunGate.Outcome outcome) {
        GateVerdict it = outcome.verdict();
        GateVerdict.Comparison compared = it.comparison();
        return new GateRunView(
                outcome.run().id().toString(),
                outcome.run().gate().toString(),
                it.passed(),
                it.reasons(),
                it.cases(),
                it.good(),
                it.passRate(),
                array(it.ci95()),
                it.meanScore(),
                outcome.unanswered(),
                compared == null ? null : ComparisonView.of(compared));
    }

    private static double[] array(Interval it) {
        return new double[] {it.low(), it.high()};
    }
}
