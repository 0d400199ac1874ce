package dev.assay.platform.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.contracts.common.v1.Dimensions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesIdTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** Worked out with Python's hashlib: stored rows carry these ids. */
    @Test
    void isFrozen() {
        Dimensions dimensions =
                Dimensions.newBuilder().setApp("chat").setModel("gpt-4o").build();
        assertThat(SeriesId.of("acme", dimensions)).isEqualTo(-6733030615729503639L);
    }

    /** No two different lists of fields come to the same id because their text, put together, is the same. */
    @Test
    void tellsFieldsApart() {
        Set<Long> ids = new HashSet<>();
        for (Dimensions dimensions : List.of(
                Dimensions.newBuilder().setApp("ab").setEndpoint("c").build(),
                Dimensions.newBuilder().setApp("a").setEndpoint("bc").build(),
                Dimensions.newBuilder().setEnvironment("ab").setApp("c").build(),
                Dimensions.newBuilder().setVariant("abc").build(),
                Dimensions.newBuilder().setPromptVersion("abc").build(),
                Dimensions.getDefaultInstance())) {
            ids.add(SeriesId.of("acme", dimensions));
            ids.add(SeriesId.of("acmeab", dimensions));
        }
        assertThat(ids).hasSize(12);
    }

    @Test
    void minutesAreWholeOnBothSidesOfTheEpoch() {
        assertThat(Minutes.ofMicros(-1)).isEqualTo(-1);
        assertThat(Minutes.ofMicros(59_999_999)).isZero();
        assertThat(Minutes.ofMicros(60_000_000)).isEqualTo(1);
        assertThat(Minutes.floor(NOON.plusNanos(1))).isEqualTo(NOON);
        assertThat(Minutes.ceil(NOON)).isEqualTo(NOON);
        assertThat(Minutes.ceil(NOON.plusNanos(1))).isEqualTo(NOON.plusSeconds(60));
        assertThat(Minutes.start(Minutes.of(NOON))).isEqualTo(NOON);
        assertThat(Minutes.startMicros(2)).isEqualTo(120_000_000);
    }

    @Test
    void aRangeIsNeverEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeRange(NOON, NOON));
        TimeRange hour = new TimeRange(NOON, NOON.plusSeconds(3600));
        assertThat(hour.previous()).isEqualTo(new TimeRange(NOON.minusSeconds(3600), NOON));
        assertThat(hour.endMinute() - hour.firstMinute()).isEqualTo(60);
        assertThat(hour.contains(NOON)).isTrue();
        assertThat(hour.contains(hour.to())).isFalse();
        assertThat(hour.isSettled(hour.to().plusSeconds(89))).isFalse();
        assertThat(hour.isSettled(hour.to().plusSeconds(90))).isTrue();
    }
}
