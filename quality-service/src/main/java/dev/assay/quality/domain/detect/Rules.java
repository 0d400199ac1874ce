package dev.assay.quality.domain.detect;

import java.util.Arrays;

/** Finds which {@link Rule}s a text fires, in one pass that remembers where each category was last seen. */
public final class Rules {
    private static final Rule[] ALL = Rule.values();
    private static final Rule[][] BY_LAST = byLastCategory();
    private static final int NEVER = Integer.MIN_VALUE / 2;

    private final Lexicon lexicon;
    private final int[] lastSeen = new int[Category.values().length];

    /** Rules over the words of this lexicon. Not thread-safe. */
    public Rules(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    private static Rule[][] byLastCategory() {
        Rule[][] rules = new Rule[Category.values().length][];
        for (Category category : Category.values()) {
            rules[category.ordinal()] = Arrays.stream(ALL)
                    .filter(rule -> rule.ordered()
                            ? rule.parts()[rule.parts().length - 1] == category
                            : Arrays.asList(rule.parts()).contains(category))
                    .toArray(Rule[]::new);
        }
        return rules;
    }

    /** The rules fired by words {@code [from, to)}, a set of {@link Rule#bit} values. */
    public long fired(Words words, int from, int to) {
        Arrays.fill(lastSeen, NEVER);
        long fired = 0;
        for (int i = from; i < to; i++) {
            long categories = lexicon.categories(words.hash(i));
            for (long rest = categories; rest != 0; rest &= rest - 1) {
                int category = Long.numberOfTrailingZeros(rest);
                for (Rule rule : BY_LAST[category]) {
                    if ((fired & rule.bit()) == 0 && completes(rule, category, i)) {
                        fired |= rule.bit();
                    }
                }
            }
            for (long rest = categories; rest != 0; rest &= rest - 1) {
                lastSeen[Long.numberOfTrailingZeros(rest)] = i;
            }
        }
        return fired;
    }

    private boolean completes(Rule rule, int category, int at) {
        int previous = NEVER;
        for (Category part : rule.parts()) {
            if (part.ordinal() == category) {
                continue;
            }
            int seen = lastSeen[part.ordinal()];
            if (at - seen > rule.within() || (rule.ordered() && seen < previous)) {
                return false;
            }
            previous = seen;
        }
        return true;
    }
}
