package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
    @Test
    void takesTheUsersLastWords() {
        String input = """
                [{"role":"system","parts":[{"type":"text","content":"be kind"}]},
                 {"role":"user","parts":[{"type":"text","content":"first"}]},
                 {"role":"assistant","parts":[{"type":"text","content":"answer"}]},
                 {"role":"user","parts":[{"type":"text","content":"second"},{"type":"uri","uri":"x"},{"type":"text","content":"more"}]}]""";
        assertThat(MessageText.lastOfUser(input)).isEqualTo("second\nmore");
    }

    @Test
    void takesTheTextOfAnAnswerAndLeavesToolsAndReasoningOut() {
        String output = """
                [{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},{"type":"tool_call","name":"f","arguments":{}},
                  {"type":"text","content":"Paris."}]}]""";
        assertThat(MessageText.all(output)).isEqualTo("Paris.");
        assertThat(MessageText.all("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"name\":\"f\"}]}]"))
                .isNull();
    }

    @Test
    void readsPlainTextAndOtherJsonAsText() {
        assertThat(MessageText.all("Paris.")).isEqualTo("Paris.");
        assertThat(MessageText.lastOfUser("[1, 2, 3]")).isEqualTo("[1, 2, 3]");
        assertThat(MessageText.all("[{\"role\":\"assis")).isEqualTo("[{\"role\":\"assis");
        assertThat(MessageText.all("{\"answer\": 42}")).isEqualTo("{\"answer\": 42}");
        assertThat(MessageText.all("")).isNull();
        assertThat(MessageText.all("[]")).isEqualTo("[]");
    }

    @Test
    void readsOpenAiContent() {
        assertThat(MessageText.all("[{\"role\":\"assistant\",\"content\":\"hello\"}]"))
                .isEqualTo("hello");
        assertThat(MessageText.lastOfUser("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}]"))
                .isEqualTo("hello");
    }
}
