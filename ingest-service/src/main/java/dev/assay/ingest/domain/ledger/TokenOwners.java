package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which spans of a trace count, where several tell of one call.
 *
 * <p>A countable span tells of the same call as a countable ancestor of its kind if both have the same response id, or the
 * same request model and its time lies within the ancestor's. Along such a chain the innermost span that has numbers
 * (tokens, or an error) owns the call, as it is closest to the wire; if none has any, the innermost. Two inner spans under
 * one outer span are two calls: an attempt and its retry.
 */
final class TokenOwners {
    /** JavaScript's spans start at whole milliseconds, and an inner one has been seen to end just after its outer one. */
    private static final long CLOCK_GRAIN_MICROS = 100_000;

    private final TraceTree tree;
    private final int[] outer;
    private final List<List<Integer>> inner;
    private final boolean[] bearsBelow;
    private final int[] supersededBy;

    TokenOwners(TraceTree tree) {
        this.tree = tree;
        this.outer = new int[tree.size()];
        this.bearsBelow = new boolean[tree.size()];
        this.supersededBy = new int[tree.size()];
        Arrays.fill(supersededBy, TraceTree.NONE);
        for (int i = 0; i < outer.length; i++) {
            outer[i] = nearestOuter(i);
        }
        this.inner = TraceTree.children(outer);
        markBearers();
        for (int i = 0; i < outer.length; i++) {
            if (outer[i] == TraceTree.NONE) {
                decide(i);
            }
        }
    }

    /** The index of the span that owns this one's call, or {@link TraceTree#NONE} if it is its own. */
    int supersededBy(int index) {
        return supersededBy[index];
    }

    /** The span next outside that tells of the same call, or {@link TraceTree#NONE}. */
    int outer(int index) {
        return outer[index];
    }

    /** The spans within that tell of the same call, or of another try of it. */
    List<Integer> inner(int index) {
        return inner.get(index);
    }

    /** The owners among a span and those within it. */
    List<Integer> ownersWithin(int index) {
        List<Integer> owners = new ArrayList<>(1);
        collectOwners(index, owners);
        return owners;
    }

    private void collectOwners(int index, List<Integer> owners) {
        if (supersededBy[index] == TraceTree.NONE) {
            owners.add(index);
            return; // all within it are superseded by it
        }
        for (int within : inner.get(index)) {
            collectOwners(within, owners);
        }
    }

    private int nearestOuter(int index) {
        Call span = tree.span(index);
        if (!span.getCountable()) {
            return TraceTree.NONE;
        }
        int at = tree.parent(index);
        while (at != TraceTree.NONE && !tellsOfSameCall(span, tree.span(at))) {
            at = tree.parent(at);
        }
        return at;
    }

    private static boolean tellsOfSameCall(Call span, Call ancestor) {
        if (!ancestor.getCountable() || ancestor.getKindValue() != span.getKindValue()) {
            return false;
        }
        if (!span.getResponseId().isEmpty() && span.getResponseId().equals(ancestor.getResponseId())) {
            return true;
        }
        return !span.getRequestModel().isEmpty()
                && span.getRequestModel().equals(ancestor.getRequestModel())
                && liesWithin(span, ancestor);
    }

    /** An end that is not known yet is no reason against it. */
    private static boolean liesWithin(Call span, Call ancestor) {
        return span.hasStartTimeUs()
                && ancestor.hasStartTimeUs()
                && span.getStartTimeUs() >= ancestor.getStartTimeUs() - CLOCK_GRAIN_MICROS
                && (!ancestor.hasEndTimeUs()
                        || Math.max(span.getStartTimeUs(), span.getEndTimeUs())
                                <= ancestor.getEndTimeUs() + CLOCK_GRAIN_MICROS);
    }

    private static boolean bears(Call span) {
        return span.hasInputTokens() || span.hasOutputTokens() || span.getStatus() == Status.STATUS_ERROR;
    }

    private void markBearers() {
        for (int i = 0; i < outer.length; i++) {
            if (bears(tree.span(i))) {
                for (int at = outer[i]; at != TraceTree.NONE && !bearsBelow[at]; at = outer[at]) {
                    bearsBelow[at] = true;
                }
            }
        }
    }

    /** Decides for a span that nothing outside it owns, and for all within it. */
    private void decide(int index) {
        List<Integer> within = inner.get(index);
        if (within.isEmpty()) {
            return;
        }
        if (!bearsBelow[index] && bears(tree.span(index))) {
            within.forEach(each -> supersede(each, index));
            return;
        }
        within.forEach(this::decide);
        supersededBy[index] = firstOwner(within);
    }

    private void supersede(int index, int owner) {
        supersededBy[index] = owner;
        inner.get(index).forEach(each -> supersede(each, owner));
    }

    private int firstOwner(List<Integer> within) {
        List<Integer> owners = new ArrayList<>();
        within.forEach(each -> collectOwners(each, owners));
        return owners.stream().min(Integer::compare).orElseThrow();
    }
}
