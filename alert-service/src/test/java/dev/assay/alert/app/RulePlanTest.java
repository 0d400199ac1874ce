package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.app.ProjectEvaluation.Cursor;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.SourceTick;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.kpi.v1.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulePlanTest {
    private static final Rule RULE = DefaultRules.find("error-rate").orElseThrow(); // for 5m
    private static final long HORIZON = 1_440;

    private static Optional<RulePlan> plan(long clock, @Nullable Cursor cursor, OptionalLong changedFrom) {
        Clocks clocks = new Clocks(List.of(new SourceTick(
                0, "ingest/x/0", Instant.EPOCH, clock * 60_000_000, Map.of(), Set.of(Measure.MEASURE_CALLS))));
        return RulePlan.of(RULE, Metrics.find("error_rate").orElseThrow(), "t", clocks, cursor, changedFrom, HORIZON);
    }

    private static Cursor cursor(long origin, long minute) {
        return new Cursor(RulePlan.definition(RULE), origin, minute);
    }

    @Test
    void aNewRuleStartsOneForBack() {
        RulePlan plan = plan(10_000, null, OptionalLong.of(5)).orElseThrow();
        assertThat(plan.fresh()).isTrue();
        assertThat(plan.after()).isEqualTo(9_994);
        assertThat(plan.upTo()).isEqualTo(10_000);
    }

    @Test
    void aChangedRuleStartsAnew() {
        assertThat(plan(10_000, new Cursor("{}", 1, 9_999), OptionalLong.empty())
                        .orElseThrow()
                        .fresh())
                .isTrue();
    }

    @Test
    void aKnownRuleGoesOnWhereItWas() {
        assertThat(plan(10_000, cursor(1, 9_998), OptionalLong.empty()))
                .hasValueSatisfying(plan -> assertThat(plan.after()).isEqualTo(9_998));
        assertThat(plan(10_000, cursor(1, 10_000), OptionalLong.empty())).isEmpty();
        assertThat(plan(10_000, cursor(1, 10_000), OptionalLong.of(10_000))).isEmpty();
        assertThat(plan(0, null, OptionalLong.empty())).isEmpty();
    }

    @Test
    void aChangedWindowTakesItBackWithinTheHorizonAndItsOrigin() {
        assertThat(plan(10_000, cursor(1, 10_000), OptionalLong.of(9_900))
                        .orElseThrow()
                        .after())
                .isEqualTo(9_900);
        assertThat(plan(10_000, cursor(1, 10_000), OptionalLong.of(100))
                        .orElseThrow()
                        .after())
                .isEqualTo(8_560);
        assertThat(plan(10_000, cursor(9_950, 10_000), OptionalLong.of(100))
                        .orElseThrow()
                        .after())
                .isEqualTo(9_950);
    }

    @Test
    void aClockThatFellBackDoesNotUndoWhatWasEvaluated() {
        assertThat(plan(9_990, cursor(1, 10_000), OptionalLong.empty())).isEmpty();
        assertThat(plan(9_990, cursor(1, 10_000), OptionalLong.of(9_980))
                        .orElseThrow()
                        .upTo())
                .isEqualTo(10_000);
    }

    @Test
    void aLongPauseIsCaughtUpForOneHorizon() {
        RulePlan plan = plan(100_000, cursor(1, 10_000), OptionalLong.empty()).orElseThrow();
        assertThat(plan.after()).isEqualTo(98_560);
        assertThat(plan.evaluated()).isEqualTo(10_000);
    }
}
