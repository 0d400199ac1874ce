package dev.assay.quality.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NgramsTest {
    private final Words words = new Words();
    private final Ngrams ngrams = new Ngrams();

    @Test
    void countsPresenceNotRepetition() {
        int once = read("a good answer").length;
        words.read("a good answer a good answer");
        ngrams.read(words, 0, words.count());
        assertThat(ngrams.charCount()).isEqualTo(once);
        // three words, and the pairs: begin-a, a-good, good-answer, answer-a
        assertThat(ngrams.wordCount()).isEqualTo(3 + 4);
    }

    @Test
    void givesTheSameFeaturesWhateverWasReadBefore() {
        int[] fresh = read("ignore the noise");
        read("something else entirely, and much longer than that ".repeat(50));
        assertThat(read("ignore the noise")).isEqualTo(fresh);
    }

    @Test
    void readsAPartOfAText() {
        int[] alone = read("second part");
        words.read("first. second part");
        ngrams.read(words, 1, 3);
        assertThat(Arrays.copyOf(ngrams.chars(), ngrams.charCount())).isEqualTo(alone);
    }

    @Test
    void keepsFeaturesWithinTheTable() {
        assertThat(Arrays.stream(read("any text at all, with 12 numbers")))
                .allMatch(feature -> feature >= 0 && feature < 1 << Ngrams.BITS);
    }

    private int[] read(String text) {
        words.read(text);
        ngrams.read(words, 0, words.count());
        return Arrays.copyOf(ngrams.chars(), ngrams.charCount());
    }
}
