package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTextTest {
    static java.util.List<Rule> defaults() {
        return DefaultRules.all();
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void writesWhatItReads(Rule rule) {
        assertThat(RuleText.read(rule.id(), true, RuleText.write(rule).toString()))
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void everyDefaultWatchesAMetricThatExists(Rule rule) {
        assertThat(Metrics.find(rule.metric())).isPresent();
    }
}
