package dev.assay.ingest.domain.operations;

import dev.assay.contracts.llm.v1.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of one trace as a tree, told in the order in which one reads it: each span before those that it encloses,
 * siblings by start time.
 *
 * <p>A span whose parent is not among them is a root, since the parent has not come, or is no event of ours. Spans that
 * enclose each other in a circle are roots too, in order of time.
 */
public final class SpanTree {
    private static final Comparator<Call> BY_TIME = Comparator.comparingLong(SpanTree::start)
            .thenComparing(call -> call.getEnvelope().getEventId());

    private SpanTree() {}

    /** A span and how deep it lies: a root at 0. */
    public record Node(Call call, int depth) {}

    private record Visit(Call call, int depth) {}

    /** The events of one trace in reading order; each is there once. */
    public static List<Node> of(List<Call> calls) {
        Map<String, List<Call>> children = new HashMap<>();
        Set<String> spans = new HashSet<>();
        calls.forEach(call -> spans.add(call.getSpanId()));
        List<Call> roots = new ArrayList<>();
        for (Call call : calls) {
            boolean enclosed = !call.getParentSpanId().isEmpty() && spans.contains(call.getParentSpanId());
            if (enclosed) {
                children.computeIfAbsent(call.getParentSpanId(), parent -> new ArrayList<>())
                        .add(call);
            } else {
                roots.add(call);
            }
        }
        List<Node> nodes = new ArrayList<>(calls.size());
        Set<String> told = new HashSet<>();
        tell(roots, children, told, nodes);
        List<Call> circling = calls.stream()
                .filter(call -> !told.contains(call.getEnvelope().getEventId()))
                .sorted(BY_TIME)
                .toList();
        circling.forEach(call -> tell(List.of(call), children, told, nodes));
        return nodes;
    }

    private static void tell(List<Call> roots, Map<String, List<Call>> children, Set<String> told, List<Node> nodes) {
        Deque<Visit> waiting = new ArrayDeque<>();
        push(roots, 0, waiting);
        while (!waiting.isEmpty()) {
            Visit visit = waiting.pop();
            Call call = visit.call();
            if (told.add(call.getEnvelope().getEventId())) {
                nodes.add(new Node(call, visit.depth()));
                if (!call.getSpanId().isEmpty()) {
                    push(children.getOrDefault(call.getSpanId(), List.of()), visit.depth() + 1, waiting);
                }
            }
        }
    }

    /** The earliest on top. */
    private static void push(List<Call> calls, int depth, Deque<Visit> waiting) {
        calls.stream().sorted(BY_TIME.reversed()).forEach(call -> waiting.push(new Visit(call, depth)));
    }

    private static long start(Call call) {
        return call.hasStartTimeUs()
                ? call.getStartTimeUs()
                : call.getEnvelope().getEventTimeUs();
    }
}
