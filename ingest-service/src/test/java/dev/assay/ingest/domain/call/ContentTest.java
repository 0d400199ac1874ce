package dev.assay.ingest.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.ToolCall;
import dev.assay.ingest.json.JsonValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
    private static final JsonValues JSON = new JsonValues();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to ann.lee+x@mail.example.org, please | write to [email], please",
                "call +49 30 901820-0 now | call [phone] now",
                "call (415) 555-2671. | call [phone].",
                "call 415-555-2671 | call [phone]",
                "card 4111 1111 1111 1111 | card [card]",
                "card 4111-1111-1111-1111, thanks | card [card], thanks",
                "IBAN DE89 3704 0044 0532 0130 00 | IBAN [iban]",
                "IBAN GB82WEST12345698765432 | IBAN [iban]",
                "from 192.168.1.17 | from [ip]",
                "from 2001:db8::8a2e:370:7334 | from [ip]",
                "key sk-proj-abcdefghijklmnop1234567890 end | key [key] end",
                "AKIAIOSFODNN7EXAMPLE | [key]",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789 | [key]",
                "Bearer abcdef0123456789abcdef | Bearer [key]",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N | [key]",
            })
    void findsPersonalDataAndSecrets(String text, String redacted) {
        assertThat(Redactor.redact(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on 2026-11-24 at 12:30:45",
                "order 4111 1111 1111 1112", // no card: its check digit is wrong
                "version 1.2.3",
                "0.123456789 seconds",
                "DE00 1234 5678 9012 3456 78", // no IBAN either
                "1234567890",
                "999.999.999.999",
                "sk-short",
                "a@b",
                "10000000000000000000",
            })
    void leavesTheRestAlone(String text) {
        assertThat(Redactor.redact(text)).isSameAs(text);
    }

    @Test
    void takesLinearTime() {
        String nasty = "1 ".repeat(50_000) + "a".repeat(50_000) + "@" + "a.".repeat(20_000) + ":".repeat(20_000);
        long start = System.nanoTime();
        Redactor.redact(nasty);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    private static Call.Builder call() {
        return Call.newBuilder()
                .setInput("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"\\nann@example.org\"}]}]")
                .setContext("see ann@example.org")
                .setErrorMessage("no ann@example.org")
                .setUserId("ann@example.org")
                .putMetadata("mail", "ann@example.org")
                .addToolCalls(ToolCall.newBuilder().setName("mail").setArguments("{\"to\":\"ann@example.org\"}"));
    }

    private static ContentRules rules(ContentRules.Mode mode) {
        return new ContentRules(mode, text -> "0f" + text.length(), JSON);
    }

    @Test
    void staysWhenThePolicyIsToKeepIt() {
        Call.Builder call = call();
        rules(ContentRules.Mode.KEEP).apply(call);
        assertThat(call.build()).isEqualTo(call().build());
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentRules.Mode.class,
            names = {"REDACT", "HASH", "DROP"})
    void holdsNoAddressUnderAnyOtherPolicy(ContentRules.Mode mode) {
        Call.Builder call = call();
        rules(mode).apply(call);
        assertThat(call.build().toString()).doesNotContain("ann");
        assertThat(call.getUserId()).isEqualTo("user-0f15");
        assertThat(call.getToolCalls(0).getName()).isEqualTo("mail");
        Feedback.Builder feedback = Feedback.newBuilder().setText("I am ann@example.org");
        rules(mode).apply(feedback);
        assertThat(feedback.getText()).doesNotContain("ann");
    }

    @Test
    void staysWellFormedWhenRedacted() {
        Call.Builder call = call();
        rules(ContentRules.Mode.REDACT).apply(call);
        assertThat(call.getInput())
                .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"\\n[email]\"}]}]");
    }

    @Test
    void isCutAtItsLimitAndMarked() {
        String text = "ä".repeat(100_000);
        Call.Builder call = Call.newBuilder()
                .setOutput("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"" + text + "\"},"
                        + "{\"type\":\"text\",\"content\":\"more\"}]}]")
                .setContext(text)
                .setInput("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]");
        TextLimits.cutTexts(call, JSON);
        assertThat(Texts.utf8Length(call.getOutput())).isBetween(60_000, TextLimits.MAX_TEXT_BYTES);
        assertThat(JSON.read(call.getOutput())).isNotNull();
        assertThat(Texts.utf8Length(call.getContext())).isEqualTo(TextLimits.MAX_TEXT_BYTES);
        assertThat(call.getTruncatedList()).containsExactly("output", "context");
        assertThat(call.getInput()).contains("hi");
    }

    @Test
    void countsEscapesAsWhatTheyTake() {
        Call.Builder call = Call.newBuilder()
                .setInput(JSON.write(java.util.List.of(java.util.Map.of(
                        "role",
                        "user",
                        "parts",
                        java.util.List.of(java.util.Map.of("content", "\u0001\"".repeat(60_000)))))));
        TextLimits.cutTexts(call, JSON);
        assertThat(call.getInput().length()).isLessThanOrEqualTo(TextLimits.MAX_TEXT_BYTES);
    }

    @Test
    void cutsNoCharacterInHalf() {
        assertThat(Texts.cut("ab\ud83d\ude00", 3)).isEqualTo("ab");
        assertThat(Texts.cutBytes("ab\ud83d\ude00", 5)).isEqualTo("ab");
        assertThat(Texts.cutBytes("ab\ud83d\ude00", 6)).isEqualTo("ab\ud83d\ude00");
    }

    @Test
    void isFreeOfWhatPostgresRefuses() {
        assertThat(Texts.clean("a\0b")).isEqualTo("a\ufffdb");
        assertThat(Texts.clean("a\ud800b\udc00")).isEqualTo("a\ufffdb\ufffd");
        String fine = "\ud83d\ude00 fine";
        assertThat(Texts.clean(fine)).isSameAs(fine);
    }
}
