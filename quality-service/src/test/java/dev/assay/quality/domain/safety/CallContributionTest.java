package dev.assay.quality.domain.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallContributionTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void isTakenBackExactly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WindowState window = new WindowState();
        CallContribution[] added = new CallContribution[200];
        for (int i = 0; i < added.length; i++) {
            added[i] = CallContribution.of(findings(random), random.nextInt(0, 500));
            added[i].addTo(window, 1);
        }
        for (CallContribution contribution : added) {
            // as it comes back from its row
            new CallContribution(contribution.presence(), contribution.findings(), contribution.words())
                    .addTo(window, -1);
        }
        assertThat(window.isEmpty()).isTrue();
        assertThat(window.toBytes()).isEmpty();
    }

    @Test
    void ofAResponseWithoutTextLowersTheCoverageAlone() {
        WindowState window = new WindowState();
        CallContribution.UNKNOWN.addTo(window, 1);
        assertThat(window.get(Measure.MEASURE_RESPONSES).count()).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_RESPONSES).good()).isZero();
        assertThat(window.get(Measure.MEASURE_TOXICITY).count()).isZero();
    }

    @Test
    void ofNoResponseIsNothing() {
        WindowState window = new WindowState();
        CallContribution.NOTHING.addTo(window, 1);
        assertThat(window.isEmpty()).isTrue();
    }

    private static ResponseFindings findings(SplittableRandom random) {
        return new ResponseFindings(
                any(random),
                any(random),
                any(random),
                any(random),
                any(random),
                any(random),
                any(random),
                any(random),
                any(random),
                any(random));
    }

    private static @Nullable Boolean any(SplittableRandom random) {
        int choice = random.nextInt(3);
        return choice == 0 ? null : Boolean.valueOf(choice == 1);
    }
}
