package dev.assay.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.assay.ingest.domain.call.Texts;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of spans, of whatever bytes, come out as text that PostgreSQL can hold. */
class ProtobufTextsTest {

    @Test
    void readsWhatPeopleWrite() throws IOException {
        for (String text : List.of("", "chat", "Grüße", "日本語", "a\u0000b", "🙂", "né\u0000🙂", "x".repeat(10_000))) {
            assertThat(read(text.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(text.replace('\0', '\ufffd'))
                    .satisfies(ProtobufTextsTest::canBeStored);
        }
    }

    @Test
    void readsAnyBytes() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            if (round % 2 == 0) { // halves of pairs, as broken encoders write them
                for (int i = 0; i + 2 < bytes.length; i += 3) {
                    bytes[i] = (byte) 0xed;
                    bytes[i + 1] = (byte) (0xa0 + random.nextInt(32));
                    bytes[i + 2] = (byte) (0x80 + random.nextInt(64));
                }
            }
            assertThat(read(bytes))
                    .isEqualTo(Texts.clean(new String(bytes, StandardCharsets.UTF_8)))
                    .satisfies(ProtobufTextsTest::canBeStored);
        }
    }

    private static void canBeStored(String text) {
        assertThat(text).doesNotContain("\0");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }

    /** Through the decoder, written by hand: Protobuf's own classes write no broken text. */
    private static String read(byte[] name) throws IOException {
        ByteArrayOutputStream span = new ByteArrayOutputStream();
        span.write(Span.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
                .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                .build()
                .toByteArray());
        field(span, Span.NAME_FIELD_NUMBER, name);
        ByteArrayOutputStream scope = new ByteArrayOutputStream();
        field(scope, ScopeSpans.SPANS_FIELD_NUMBER, span.toByteArray());
        ByteArrayOutputStream resource = new ByteArrayOutputStream();
        field(resource, ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, scope.toByteArray());
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        field(request, ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER, resource.toByteArray());
        byte[] body = request.toByteArray();
        return ProtobufTraces.decode(body, 0, body.length).get(0).spans().get(0).name();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) throws IOException {
        var coded = com.google.protobuf.CodedOutputStream.newInstance(out);
        coded.writeBytes(number, UnsafeByteOperations.unsafeWrap(value));
        coded.flush();
    }
}
