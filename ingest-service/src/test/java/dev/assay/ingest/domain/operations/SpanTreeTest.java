package dev.assay.ingest.domain.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.Calls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTreeTest {
    private static Call span(String id, String parent, long startsAt) {
        return Calls.span("t", id, parent).setStartTimeUs(startsAt).build();
    }

    private static List<String> told(Call... calls) {
        List<Call> shuffled = new ArrayList<>(List.of(calls));
        Collections.shuffle(shuffled, new Random(7));
        return SpanTree.of(shuffled).stream()
                .map(node -> " ".repeat(node.depth()) + node.call().getSpanId())
                .toList();
    }

    @Test
    void readsFromTheOutsideInAndInOrderOfTime() {
        assertThat(told(span("a", "", 0), span("b", "a", 1), span("c", "b", 2), span("d", "a", 5), span("e", "", 3)))
                .containsExactly("a", " b", "  c", " d", "e");
    }

    @Test
    void takesASpanWithoutItsParentAsARoot() {
        assertThat(told(span("b", "missing", 1), span("c", "b", 2))).containsExactly("b", " c");
    }

    @Test
    void tellsSpansThatEncloseEachOtherOnce() {
        assertThat(told(span("a", "b", 0), span("b", "a", 1))).containsExactly("a", " b");
        assertThat(told(span("a", "a", 0))).containsExactly("a");
    }

    @Test
    void tellsADeepTraceWithoutRecursion() {
        Call[] calls = new Call[5_000];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = span("s" + i, i == 0 ? "" : "s" + (i - 1), i);
        }
        assertThat(SpanTree.of(List.of(calls)).get(4_999).depth()).isEqualTo(4_999);
    }
}
