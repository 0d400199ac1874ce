package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.alert.domain.evaluation.Reading;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.UptimeRule;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The share of up minutes among those that traffic or heartbeats tell of; its samples are those minutes. */
record Uptime() implements Metric {
    static final String NAME = "uptime_ratio";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Measure> measures() {
        return Set.of(Measure.MEASURE_CALLS, Measure.MEASURE_HEARTBEATS);
    }

    @Override
    public boolean additive() {
        return false;
    }

    @Override
    public boolean minutely() {
        return true;
    }

    @Override
    public Optional<Reading> read(WindowState merged, Duration length) {
        return Optional.empty();
    }

    @Override
    public Optional<Reading> readMinutes(List<WindowState> minutes, Duration length) {
        long up = 0;
        long known = 0;
        for (WindowState minute : minutes) {
            UptimeRule.Verdict verdict = UptimeRule.DEFAULT.judge(minute);
            up += verdict == UptimeRule.Verdict.UP ? 1 : 0;
            known += verdict == UptimeRule.Verdict.UNKNOWN ? 0 : 1;
        }
        return known == 0
                ? Optional.empty()
                : Optional.of(new Reading(up / (double) known, known, known / (double) length.toMinutes(), null));
    }
}
