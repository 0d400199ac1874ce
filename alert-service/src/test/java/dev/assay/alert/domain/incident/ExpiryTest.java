package dev.assay.alert.domain.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.incident.Expiry.Step;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
    private static final long PATIENCE = 60;

    @ParameterizedTest(name = "expired {0}, measured {1}, last at {2} of {3}: {4}")
    @CsvSource({
        "false, true,  100, 100, NONE",
        "false, false, 100, 159, NONE",
        "false, false, 100, 160, EXPIRE",
        "true,  false, 100, 999, NONE",
        "true,  true,  999, 999, RETURN",
    })
    void expiresAfterTheWait(boolean expired, boolean measured, long measuredAt, long evaluated, Step step) {
        assertThat(Expiry.of(expired, measured, measuredAt, evaluated, PATIENCE))
                .isEqualTo(step);
    }

    /** Minute by minute beside the plainest model: how many minutes the value has been missing. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isExpiredFromTheEndOfTheWaitUntilThereIsAValue(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean expired = false;
        boolean measured = true;
        long measuredMinute = 0;
        long missing = 0;
        for (long minute = 0; minute < 50_000; minute++) {
            if (random.nextInt(80) == 0) {
                measured = !measured;
            }
            missing = measured ? 0 : missing + 1;
            measuredMinute = measured ? minute : measuredMinute;
            Step step = Expiry.of(expired, measured, measuredMinute, minute, PATIENCE);
            expired = step == Step.EXPIRE || expired && step != Step.RETURN;
            assertThat(expired).as("minute %s", minute).isEqualTo(missing >= PATIENCE);
        }
    }
}
