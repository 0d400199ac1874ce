package dev.assay.quality.domain.detect;

import dev.assay.quality.domain.detect.Passages.Passage;
import java.util.function.Consumer;

/**
 * Reads the parts of a text that a model judges, as features. Holds the buffers for that, so it is kept and used again;
 * not thread-safe.
 */
public final class Reading {
    private final Words words = new Words();
    private final Ngrams ngrams = new Ngrams();
    private final Rules rules;

    /** Reads with the rules over this lexicon. */
    public Reading(Lexicon lexicon) {
        this.rules = new Rules(lexicon);
    }

    /** What a model looks at; valid until the next part is read. */
    public record Part(Ngrams ngrams, long rules) {}

    /** Hands each part of the text on, in order; a text without words has none. */
    public void parts(String text, TextPart what, Consumer<Part> to) {
        int limit = Math.min(what.characters(), text.length());
        words.read(text, 0, limit);
        if (what == TextPart.PASSAGES) {
            for (Passage passage : Passages.of(words, TextPart.PASSAGE_WORDS, TextPart.MOST_PASSAGES)) {
                to.accept(part(passage.from(), passage.to()));
            }
            return;
        }
        if (words.count() > 0) {
            to.accept(part(0, words.count()));
        }
        if (what == TextPart.HEAD_AND_TAIL && text.length() > limit) {
            words.read(text, Math.max(limit, text.length() - limit), text.length());
            if (words.count() > 0) {
                to.accept(part(0, words.count()));
            }
        }
    }

    private Part part(int from, int to) {
        return new Part(ngrams.read(words, from, to), rules.fired(words, from, to));
    }
}
