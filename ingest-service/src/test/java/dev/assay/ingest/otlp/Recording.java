package dev.assay.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.mapping.LogMapper;
import dev.assay.ingest.domain.mapping.Mapped;
import dev.assay.ingest.domain.mapping.SpanMapper;
import dev.assay.ingest.json.JsonValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What a real client once sent, from {@code src/test/resources/recordings}. */
public final class Recording {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode file;

    private Recording(JsonNode file) {
        this.file = file;
    }

    public static Recording of(String name) throws IOException {
        try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name)) {
            return new Recording(MAPPER.readTree(in));
        }
    }

    /** The body as OTLP's JSON. */
    public byte[] json() throws IOException {
        return MAPPER.writeValueAsBytes(file.get("body"));
    }

    public boolean hasWire() {
        return file.has("wireBase64");
    }

    /** The bytes as they went over the wire, unzipped. */
    public byte[] protobuf() throws IOException {
        byte[] wire = wire();
        boolean zipped = wire.length > 2 && wire[0] == 0x1f && wire[1] == (byte) 0x8b;
        try (InputStream in = new ByteArrayInputStream(wire)) {
            return zipped ? new GZIPInputStream(in).readAllBytes() : wire;
        }
    }

    /** The bytes as they went over the wire. */
    public byte[] wire() {
        return Base64.getDecoder().decode(file.get("wireBase64").asText());
    }

    public List<Call> calls() throws IOException {
        byte[] body = json();
        return calls(JsonTraces.decode(body, 0, body.length));
    }

    public List<Call> callsOfWire() throws IOException {
        byte[] body = protobuf();
        return calls(ProtobufTraces.decode(body, 0, body.length));
    }

    public List<Call> logCalls() throws IOException {
        byte[] body = json();
        return logCalls(JsonLogs.decode(body, 0, body.length));
    }

    public List<Call> logCallsOfWire() throws IOException {
        byte[] body = protobuf();
        return logCalls(ProtobufLogs.decode(body, 0, body.length));
    }

    private static List<Call> calls(List<ScopedSpans> scopes) {
        SpanMapper mapper = new SpanMapper(new JsonValues());
        List<Call> calls = new ArrayList<>();
        for (ScopedSpans scoped : scopes) {
            scoped.spans().forEach(span -> {
                if (mapper.map(scoped.resource(), scoped.scope(), span) instanceof Mapped.Kept kept) {
                    calls.add(kept.call().build());
                }
            });
        }
        return calls;
    }

    private static List<Call> logCalls(List<ScopedLogs> scopes) {
        LogMapper mapper = new LogMapper(new JsonValues());
        List<Call> calls = new ArrayList<>();
        for (ScopedLogs scoped : scopes) {
            scoped.logs().forEach(log -> {
                if (mapper.map(scoped.resource(), scoped.scope(), log) instanceof Mapped.Kept kept) {
                    calls.add(kept.call().build());
                }
            });
        }
        mapper.finish().forEach(call -> calls.add(call.build()));
        return calls;
    }
}
