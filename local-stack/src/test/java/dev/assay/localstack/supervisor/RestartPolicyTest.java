package dev.assay.localstack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTest {

    @ParameterizedTest(name = "after {0} failed starts it waits {1} s")
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 4", "5, 16", "6, 20", "1000, 20"})
    void waitsLongerAfterEachFailedStartUpToALimit(int failedStarts, long seconds) {
        assertThat(RestartPolicy.delay(failedStarts)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
