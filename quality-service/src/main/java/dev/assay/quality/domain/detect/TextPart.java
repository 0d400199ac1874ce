package dev.assay.quality.domain.detect;

/** Which part of a text a model judges. */
public enum TextPart {
    /** The opening of an answer, which decides whether it refuses: the first 250 characters. */
    OPENING(250),
    /** The first 2,000 characters. */
    HEAD(2_000),
    /**
     * The first and, of a longer text, the last 1,500 characters, each by itself: attacks hide at the end. The higher
     * score counts.
     */
    HEAD_AND_TAIL(1_500),
    /**
     * Passages of about 60 words, each by itself, of the first 20,000 characters: one bad sentence is not diluted. The
     * highest score counts.
     */
    PASSAGES(20_000);

    static final int PASSAGE_WORDS = 60;
    static final int MOST_PASSAGES = 60;

    private final int characters;

    TextPart(int characters) {
        this.characters = characters;
    }

    int characters() {
        return characters;
    }
}
