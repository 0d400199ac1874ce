package dev.assay.ingest.domain.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.json.JsonValues;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    private static final String HELLO = "[{'role':'user','parts':[{'type':'text','content':'hello'}]}]";

    private static String canonical(String json) {
        JsonValues values = new JsonValues();
        return values.write(Messages.canonical(json.replace('\'', '"'), "user", values))
                .replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello",
                "[{'role':'user','content':'hello'}]",
                "{'role':'user','content':[{'type':'text','text':'hello'}]}",
                "[{'role':'human','content':'hello'}]",
                "[{'role':'user','parts':[{'type':'text','content':'hello'}]}]",
                "{'messages':[{'role':'user','content':'hello'}],'tools':[]}",
                "{'prompt':'hello'}",
                "{'contents':[{'role':'user','parts':[{'text':'hello'}]}]}",
                "{'model':'gpt-4o','input':'hello'}",
                "[{'type':'input_text','text':'hello'}]",
            })
    void areReadInAllShapes(String shape) {
        assertThat(canonical(shape)).isEqualTo(HELLO);
    }

    @Test
    void keepWhatIsNoJsonAsText() {
        assertThat(canonical("{hello")).isEqualTo("[{'role':'user','parts':[{'type':'text','content':'{hello'}]}]");
    }

    @Test
    void bringToolCallsToOneForm() {
        String expected =
                "[{'role':'assistant','parts':[{'type':'tool_call','id':'c1','name':'f','arguments':{'a':1}}]}]";
        assertThat(canonical("[{'role':'assistant','content':[{'type':'tool-call','toolCallId':'c1','toolName':'f',"
                        + "'input':{'a':1}}]}]"))
                .isEqualTo(expected);
        assertThat(canonical("[{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'f',"
                        + "'input':{'a':1}}]}]"))
                .isEqualTo(expected);
        assertThat(canonical("[{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                        + "'function':{'name':'f','arguments':{'a':1}}}]}]"))
                .isEqualTo(expected);
        assertThat(canonical("[{'role':'model','parts':[{'function_call':{'id':'c1','name':'f','args':{'a':1}}}]}]"))
                .isEqualTo(expected);
    }

    @Test
    void acceptBothNamesOfAToolsAnswer() {
        String expected = "[{'role':'tool','parts':[{'type':'tool_call_response','id':'c1','response':'57'}]}]";
        assertThat(canonical("[{'role':'tool','parts':[{'type':'tool_call_response','id':'c1','result':'57'}]}]"))
                .isEqualTo(expected);
        assertThat(canonical("[{'role':'tool','tool_call_id':'c1','content':'57'}]"))
                .isEqualTo(expected);
    }

    @Test
    void arePutTogetherFromFlattenedKeys() {
        Call call = Span.chat()
                .with("llm.input_messages.1.message.content", "hello")
                .with("llm.input_messages.0.message.role", "system")
                .with("llm.input_messages.1.message.role", "user")
                .with("llm.input_messages.0.message.contents.0.message_content.type", "text")
                .with("llm.input_messages.0.message.contents.0.message_content.text", "Be brief.")
                .with("gen_ai.completion.0.role", "assistant")
                .with("gen_ai.completion.0.content", "hi")
                .with("gen_ai.completion.0.finish_reason", "stop")
                .with("gen_ai.completion.0.tool_calls.0.name", "f")
                .with("gen_ai.completion.0.tool_calls.0.arguments", "{}")
                .call();
        assertThat(call.getInput().replace('"', '\''))
                .isEqualTo("[{'role':'system','parts':[{'type':'text','content':'Be brief.'}]}," + HELLO.substring(1));
        assertThat(call.getSystem()).contains("Be brief.");
        assertThat(call.getOutput()).contains("\"content\":\"hi\"");
        assertThat(call.getToolCalls(0).getName()).isEqualTo("f");
        assertThat(call.getFinishReasonsList()).containsExactly("stop");
    }

    @Test
    void comeAsSpanEventsFromOlderClients() {
        Call call = Span.chat()
                .event("gen_ai.user.message", 1, Map.of("content", "hello"))
                .event(
                        "gen_ai.content.completion",
                        2,
                        Map.of("gen_ai.completion", "[{\"role\":\"assistant\",\"content\":\"hi\"}]"))
                .call();
        assertThat(call.getInput().replace('"', '\'')).isEqualTo(HELLO);
        assertThat(call.getOutput()).contains("hi");
    }

    @Test
    void nestNoDeeperThanAReaderCanFollow() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(canonical(deep)).startsWith("[{'role':'user','parts':[{'type':'text','content':'[[[");
    }
}
