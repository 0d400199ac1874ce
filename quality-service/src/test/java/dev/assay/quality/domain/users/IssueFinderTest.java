package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssueFinderTest {
    @ParameterizedTest(name = "\"{0}\" complains: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "The answer is wrong.                              | INCORRECT_ANSWER",
                "Nothing wrong with it!                            | -",
                "There is nothing wrong here                       | -",
                "It was not slow at all                            | -",
                "no errors, no mistakes                            | -",
                "It's not wrong, but far too long                  | TOO_VERBOSE",
                "that is not correct                               | INCORRECT_ANSWER",
                "correct and fast                                  | -",
                "it doesn't work                                   | INCORRECT_ANSWER",
                "The code it gave me never worked                  | INCORRECT_ANSWER",
                "not only wrong, it is rude                        | INCORRECT_ANSWER UNSAFE",
                "Much too verbose                                  | TOO_VERBOSE",
                "too short, I need more details                    | TOO_BRIEF",
                "it made up a source that doesn't exist            | HALLUCINATION",
                "Did not hallucinate, and not made up              | -",
                "so slow, took forever                             | SLOW",
                "It refused a harmless question                    | OVER_REFUSAL",
                "it won't answer my question                       | OVER_REFUSAL",
                "The reply was offensive and racist                | UNSAFE",
                "Das ist falsch                                    | INCORRECT_ANSWER",
                "Great answer, thank you                           | -",
                "WRONG!!!                                          | INCORRECT_ANSWER",
            })
    void readsComplaintsAndTheirDenials(String text, String expected) {
        List<Issue> issues = expected == null
                ? List.of()
                : Arrays.stream(expected.split(" ")).map(Issue::valueOf).toList();
        assertThat(IssueFinder.find(text, "", null)).containsExactlyInAnyOrderElementsOf(issues);
    }

    @Test
    void takesACategoryByItsName() {
        assertThat(IssueFinder.find("", "Too verbose", null)).containsExactly(Issue.TOO_VERBOSE);
        assertThat(IssueFinder.find("", "incorrect_answer", null)).containsExactly(Issue.INCORRECT_ANSWER);
        assertThat(IssueFinder.find("", "billing", null)).isEmpty();
    }

    @Test
    void countsAnUnknownComplaintAsOther() {
        assertThat(IssueFinder.find("I do not like the font", "", 1)).containsExactly(Issue.OTHER);
        assertThat(IssueFinder.find("I do like the font", "", 5)).isEmpty();
        assertThat(IssueFinder.find("", "billing", 2)).containsExactly(Issue.OTHER);
        assertThat(IssueFinder.find("", "", 1)).isEmpty();
        assertThat(IssueFinder.find("wrong", "", 1)).containsExactly(Issue.INCORRECT_ANSWER);
    }

    @Test
    void keepsSetsAsBits() {
        for (int bits = 0; bits < 1 << Issue.values().length; bits++) {
            assertThat(Issue.toBits(Issue.ofBits(bits))).isEqualTo(bits);
        }
    }
}
