package dev.assay.quality.domain.judge;

import dev.assay.platform.stats.CohensKappa;
import dev.assay.platform.stats.RoganGladen;
import java.util.List;
import java.util.Optional;

/**
 * How a judge's scores agree with people's on the same responses.
 *
 * @param table responses by the person's score (row) and the judge's (column), both from 1
 * @param goodByBoth good (4 or 5) to both
 * @param goodByJudgeAlone good to the judge, bad to the person
 * @param goodByPersonAlone bad to the judge, good to the person
 * @param badByBoth bad to both
 */
public record Agreement(
        long[][] table, long goodByBoth, long goodByJudgeAlone, long goodByPersonAlone, long badByBoth) {
    /** With fewer labels nothing is corrected. */
    public static final int FEWEST_LABELS = 50;

    /** With fewer labels of good, or of bad responses, nothing is corrected: the judge's errors there are not known. */
    public static final int FEWEST_OF_EACH = 5;

    /** What a person and the judge gave the same response, 1 to 5. */
    public record Pair(int person, int judge) {}

    /** The agreement of some pairs. */
    public static Agreement of(List<Pair> pairs) {
        long[][] table = new long[Rubric.HIGHEST][Rubric.HIGHEST];
        long[][] good = new long[2][2];
        for (Pair pair : pairs) {
            table[pair.person() - 1][pair.judge() - 1]++;
            good[pair.person() >= Rubric.GOOD ? 1 : 0][pair.judge() >= Rubric.GOOD ? 1 : 0]++;
        }
        return new Agreement(table, good[1][1], good[0][1], good[1][0], good[0][0]);
    }

    /** Labelled responses. */
    public long labels() {
        return goodByBoth + goodByJudgeAlone + goodByPersonAlone + badByBoth;
    }

    /** Beyond chance, in good or bad. */
    public Optional<CohensKappa> kappa() {
        return CohensKappa.of(new long[][] {{badByBoth, goodByJudgeAlone}, {goodByPersonAlone, goodByBoth}});
    }

    /** Beyond chance, in scores from 1 to 5. */
    public Optional<CohensKappa> weightedKappa() {
        return CohensKappa.quadratic(table);
    }

    /** How often the judge is right about good and about bad responses; empty while too few are labelled. */
    public Optional<RoganGladen.Judge> judge() {
        long good = goodByBoth + goodByPersonAlone;
        long bad = badByBoth + goodByJudgeAlone;
        if (labels() < FEWEST_LABELS || Math.min(good, bad) < FEWEST_OF_EACH) {
            return Optional.empty();
        }
        return Optional.of(new RoganGladen.Judge((double) goodByBoth / good, good, (double) badByBoth / bad, bad));
    }
}
