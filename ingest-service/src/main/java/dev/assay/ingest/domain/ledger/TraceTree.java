package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of one trace and who is whose parent, as far as the parents are known.
 *
 * <p>A span whose parent has not come, or that is among its own ancestors, is a root.
 */
final class TraceTree {
    static final int NONE = -1;

    private final List<Call> spans;
    private final int[] parents;

    /** The tree of spans that are already in their order. */
    TraceTree(List<Call> ordered) {
        this.spans = ordered;
        this.parents = new int[ordered.size()];
        Map<String, Integer> bySpanId = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            if (!ordered.get(i).getSpanId().isEmpty()) {
                bySpanId.putIfAbsent(ordered.get(i).getSpanId(), i);
            }
        }
        for (int i = 0; i < ordered.size(); i++) {
            String parent = ordered.get(i).getParentSpanId();
            parents[i] = parent.isEmpty() ? NONE : bySpanId.getOrDefault(parent, NONE);
        }
        cutCycles();
    }

    Call span(int index) {
        return spans.get(index);
    }

    int size() {
        return spans.size();
    }

    /** The parent's index, or {@link #NONE}. */
    int parent(int index) {
        return parents[index];
    }

    /** For each index those that have it as their {@code parents} entry, in order. */
    static List<List<Integer>> children(int[] parents) {
        List<List<Integer>> children = new ArrayList<>(parents.length);
        for (int i = 0; i < parents.length; i++) {
            children.add(new ArrayList<>(2));
        }
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] != NONE) {
                children.get(parents[i]).add(i);
            }
        }
        return children;
    }

    /** Every span on a cycle becomes a root, wherever the cycle was entered. */
    private void cutCycles() {
        int[] visitedBy = new int[parents.length];
        Arrays.fill(visitedBy, NONE);
        for (int start = 0; start < parents.length; start++) {
            int at = start;
            while (at != NONE && visitedBy[at] == NONE) {
                visitedBy[at] = start;
                at = parents[at];
            }
            if (at != NONE && visitedBy[at] == start) {
                int next = at;
                do {
                    int parent = parents[next];
                    parents[next] = NONE;
                    next = parent;
                } while (next != at);
            }
        }
    }
}
