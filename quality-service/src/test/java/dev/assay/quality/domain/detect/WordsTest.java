package dev.assay.quality.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private final Words words = new Words();

    @ParameterizedTest(name = "\"{0}\" reads as \"{1}\"")
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World!              | hello world",
                "Über Café                  | uber cafe",
                "in 2024 for 3 days         | in 0000 for 0 days",
                "He can't; he can’t         | he can't he can't",
                "see https://a.example/x?y ok | see # ok",
                "@someone said hi           | @ said hi",
                "ＦＵＬＬ width                | full width",
                "a 'quoted' word            | a quoted word",
            })
    void normalises(String text, String expected) {
        assertThat(String.join(" ", read(text))).isEqualTo(expected);
    }

    @Test
    void knowsWhereSentencesBeginAndWhatIsCapitalised() {
        words.read("Paris is big. Ask Anna?");
        assertThat(words.startsSentence(0)).isTrue();
        assertThat(words.startsSentence(1)).isFalse();
        assertThat(words.startsSentence(3)).isTrue();
        assertThat(words.isCapitalised(4)).isTrue();
        assertThat(words.questions()).isEqualTo(1);
    }

    @Test
    void hashesAWordAsTheLexiconDoes() {
        words.read("Ignore");
        assertThat(words.hash(0)).isEqualTo(Hash.ofWord("ignore"));
    }

    @Test
    void readsDigitsAsOneAndKnowsWhichTheyWere() {
        Words words = new Words().read("in 1987 or 1999");
        assertThat(words.hash(1)).isEqualTo(words.hash(3));
        assertThat(words.exactHash(1)).isNotEqualTo(words.exactHash(3));
        assertThat(words.exactHash(0)).isEqualTo(words.hash(0));
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(read("")).isEmpty();
        assertThat(read(" \n\t !!! ")).isEmpty();
        assertThat(read("\u0000\uD83D\uDE00\uD83D")).isEmpty();
    }

    @Test
    void forgetsTheTextBefore() {
        read("one two three ".repeat(2_000));
        assertThat(read("four")).containsExactly("four");
    }

    private List<String> read(String text) {
        words.read(text);
        List<String> read = new ArrayList<>();
        for (int i = 0; i < words.count(); i++) {
            StringBuilder word = new StringBuilder();
            for (int j = 0; j < words.length(i); j++) {
                word.append(words.charAt(i, j));
            }
            read.add(word.toString());
        }
        return read;
    }
}
