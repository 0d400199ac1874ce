package dev.assay.quality.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences written for this project, each line a small grammar: {@code {Ignore|Forget} the {rules|orders}}.
 *
 * <p>They fill what the public data leaves open: other wordings, other languages, and harmless texts that look harmful.
 */
final class Phrasebook {
    private static final Pattern CHOICE = Pattern.compile("\\{([^{}]*)}");
    private static final long SEED = 20_260_101;

    private Phrasebook() {}

    /** Up to {@code perLine} distinct sentences of each line; the same ones at every call. */
    static List<String> expand(List<String> lines, int perLine) {
        List<String> sentences = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            SplittableRandom random = new SplittableRandom(SEED + line.length());
            Set<String> distinct = new LinkedHashSet<>();
            for (int tries = 0; tries < 4 * perLine && distinct.size() < perLine; tries++) {
                distinct.add(choose(line, random));
            }
            sentences.addAll(distinct);
        }
        return sentences;
    }

    private static String choose(String line, SplittableRandom random) {
        return CHOICE.matcher(line)
                .replaceAll(match -> {
                    String[] alternatives = match.group(1).split("\\|", -1);
                    return Matcher.quoteReplacement(alternatives[random.nextInt(alternatives.length)]);
                })
                .replaceAll(" {2,}", " ")
                .strip();
    }
}
