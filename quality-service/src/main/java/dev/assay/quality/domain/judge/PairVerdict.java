package dev.assay.quality.domain.judge;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of two responses is better, as asked in both orders and perhaps several times each. A response wins only if it has
 * the majority of the votes in both orders; everything else is a tie.
 *
 * @param better which
 * @param consistent whether both orders said the same; a tie that is not says that the judge looked at the place
 * @param agreement the share of all votes that are for {@code better}, 0 to 1
 * @see "Zheng et al. (2023), Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena, section 3.4, arXiv:2306.05685"
 * @see "Wang et al. (2023), Self-Consistency Improves Chain of Thought Reasoning in Language Models, arXiv:2203.11171"
 */
public record PairVerdict(Choice better, boolean consistent, double agreement) {

    /** Which response. */
    public enum Choice {
        A,
        B,
        TIE;

        /** The same seen with the responses changed over. */
        public Choice swapped() {
            return switch (this) {
                case A -> B;
                case B -> A;
                case TIE -> TIE;
            };
        }
    }

    /**
     * The verdict.
     *
     * @param inOrder votes given with A first
     * @param changedOver votes given with B first, in terms of A and B
     * @return empty when there is no vote in one of the orders
     */
    public static Optional<PairVerdict> of(List<Choice> inOrder, List<Choice> changedOver) {
        if (inOrder.isEmpty() || changedOver.isEmpty()) {
            return Optional.empty();
        }
        Choice one = majority(inOrder);
        Choice other = majority(changedOver);
        Choice better = one == other ? one : Choice.TIE;
        long agreeing = inOrder.stream().filter(vote -> vote == better).count()
                + changedOver.stream().filter(vote -> vote == better).count();
        return Optional.of(
                new PairVerdict(better, one == other, (double) agreeing / (inOrder.size() + changedOver.size())));
    }

    /** The choice that has more votes than each other one; a tie when there is none. */
    static Choice majority(List<Choice> votes) {
        Map<Choice, Integer> counts = new EnumMap<>(Choice.class);
        votes.forEach(vote -> counts.merge(vote, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Choice> leading = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return leading.size() == 1 ? leading.get(0) : Choice.TIE;
    }
}
