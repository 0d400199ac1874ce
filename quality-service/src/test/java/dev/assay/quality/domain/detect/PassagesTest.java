package dev.assay.quality.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.domain.detect.Passages.Passage;
import org.junit.jupiter.api.Test;

class PassagesTest {
    private final Words words = new Words();

    @Test
    void keepsSentencesWhole() {
        words.read("one two three. four five six seven. eight");
        assertThat(Passages.of(words, 2, 10)).containsExactly(new Passage(0, 3), new Passage(3, 7), new Passage(7, 8));
    }

    @Test
    void cutsASentenceThatDoesNotEnd() {
        words.read("word ".repeat(10));
        assertThat(Passages.of(words, 2, 10)).containsExactly(new Passage(0, 4), new Passage(4, 8), new Passage(8, 10));
    }

    @Test
    void staysBounded() {
        words.read("word. ".repeat(1_000));
        assertThat(Passages.of(words, 1, 5)).hasSize(5);
    }

    @Test
    void hasNoneForNoText() {
        assertThat(Passages.of(words.read(""), 10, 10)).isEmpty();
    }
}
