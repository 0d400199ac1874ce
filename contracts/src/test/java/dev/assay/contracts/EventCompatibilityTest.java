package dev.assay.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;
import dev.assay.contracts.alert.v1.AlertEvent;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.ScoreRevised;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an earlier version wrote must be read by this one, and what a later version writes must pass through it whole. */
class EventCompatibilityTest {
    private static final Path EXAMPLES = Path.of("../docs/events");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("accepted-events.v1", AcceptedEvents.getDefaultInstance()),
                Arguments.of("call-revised.v1", CallRevised.getDefaultInstance()),
                Arguments.of("feedback-event.v1", FeedbackEvent.getDefaultInstance()),
                Arguments.of("score-revised.v1", ScoreRevised.getDefaultInstance()),
                Arguments.of("kpi-record.v1", KpiRecord.getDefaultInstance()),
                Arguments.of("alert-event.v1", AlertEvent.getDefaultInstance()),
                Arguments.of("project-section.v1", ProjectSection.getDefaultInstance()),
                Arguments.of("rejection.v1", Rejection.getDefaultInstance()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void readsTheBytesOfTheFirstVersion(String name, Message type) throws IOException {
        byte[] frozen = HexFormat.of()
                .parseHex(Files.readString(GOLDEN.resolve(name + ".hex")).strip());
        Message read = type.getParserForType().parseFrom(frozen);
        assertThat(read).isEqualTo(example(name, type));
        assertThat(read.getUnknownFields().asMap()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void writesItsExampleAsTheFirstVersionDid(String name, Message type) throws IOException {
        assertThat(HexFormat.of().formatHex(deterministic(example(name, type))))
                .isEqualTo(Files.readString(GOLDEN.resolve(name + ".hex")).strip());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void keepsFieldsThatItDoesNotKnow(String name, Message type) throws IOException {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        19_999,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
                                .build())
                .build();
        byte[] written =
                example(name, type).toBuilder().setUnknownFields(later).build().toByteArray();
        Message passedOn = type.getParserForType()
                .parseFrom(type.getParserForType().parseFrom(written).toByteArray());
        assertThat(passedOn.getUnknownFields()).isEqualTo(later);
    }

    @Test
    void everyStreamedTopicHasANumberThatStays() {
        assertThat(Topics.all().stream().map(Topics.Topic::name))
                .startsWith(
                        "llm.events.v1",
                        "llm.calls.v1",
                        "llm.feedback.v1",
                        "llm.scores.v1",
                        "kpi.windows.v1",
                        "alert.events.v1",
                        "control.projects.v1",
                        "ingest.rejections.v1",
                        "assay.dlq");
        assertThat(Topics.all().stream()
                        .filter(topic -> topic.config().get("cleanup.policy").equals("compact"))
                        .map(Topics.Topic::name))
                .isEqualTo(java.util.List.copyOf(Set.of("control.projects.v1")));
    }

    private static Message example(String name, Message type) throws IOException {
        Message.Builder builder = type.newBuilderForType();
        JsonFormat.parser().merge(Files.readString(EXAMPLES.resolve(name + ".json"), StandardCharsets.UTF_8), builder);
        return builder.build();
    }

    private static byte[] deterministic(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        message.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }
}
