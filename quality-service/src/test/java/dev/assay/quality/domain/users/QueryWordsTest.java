package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueryWordsTest {
    @Test
    void areTheSameInAnyOrderCaseAndNumber() {
        assertThat(QueryWords.of("Reset my passwords, please!")).isEqualTo(QueryWords.of("please reset MY password"));
        assertThat(QueryWords.of("Reset it")).isNotEqualTo(QueryWords.of("Cancel it"));
    }

    @Test
    void areBoundedAndKeepShortWordsOnlyWhereThereIsNothingElse() {
        assertThat(QueryWords.of("a b c")).hasSize(3);
        assertThat(QueryWords.of("a b cancel")).hasSize(1);
        assertThat(QueryWords.of(" ?! ")).isEmpty();
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            many.append("word").append(i).append(' ');
        }
        assertThat(QueryWords.of(many.toString())).hasSize(QueryWords.MOST);
    }

    /** 2026-01-01 is a Thursday: it belongs to the first week, which began on Monday, 2025-12-29. */
    @Test
    void weeksBeginOnMonday() {
        IsoWeek week = IsoWeek.of(Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(week.toString()).isEqualTo("2026-W01");
        assertThat(week.start()).isEqualTo(Instant.parse("2025-12-29T00:00:00Z"));
        assertThat(IsoWeek.of(Instant.parse("2025-12-28T23:59:59Z")).toString()).isEqualTo("2025-W52");
        assertThat(IsoWeek.from(week.start())).isEqualTo(week);
        assertThat(IsoWeek.from(week.start().plusSeconds(1))).isEqualTo(week.plus(1));
        assertThat(IsoWeek.of(Instant.EPOCH).index()).isZero();
    }
}
