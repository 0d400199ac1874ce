package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The recorded traces, by dialect, read from the class path. */
final class Recordings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<RecordedTrace.Dialect, List<RecordedTrace>> traces;

    private Recordings(Map<RecordedTrace.Dialect, List<RecordedTrace>> traces) {
        this.traces = traces;
    }

    static Recordings load() throws IOException {
        Map<RecordedTrace.Dialect, List<RecordedTrace>> traces = new EnumMap<>(RecordedTrace.Dialect.class);
        for (RecordedTrace.Dialect dialect : RecordedTrace.Dialect.values()) {
            List<RecordedTrace> ofDialect = new ArrayList<>();
            for (String file : dialect.files()) {
                ofDialect.addAll(split(dialect, read("/recordings/" + file).path("body")));
            }
            traces.put(dialect, List.copyOf(ofDialect));
        }
        return new Recordings(traces);
    }

    /** The traces of a dialect, of requests that succeeded or of those that were refused. */
    List<RecordedTrace> of(RecordedTrace.Dialect dialect, boolean failed) {
        return traces.getOrDefault(dialect, List.of()).stream()
                .filter(trace -> trace.isFailure() == failed)
                .toList();
    }

    private static List<RecordedTrace> split(RecordedTrace.Dialect dialect, JsonNode body) {
        List<RecordedTrace> found = new ArrayList<>();
        for (JsonNode resourceSpans : body.path("resourceSpans")) {
            Map<String, List<RecordedTrace.RecordedSpan>> byTrace = new LinkedHashMap<>();
            for (JsonNode scopeSpans : resourceSpans.path("scopeSpans")) {
                for (JsonNode span : scopeSpans.path("spans")) {
                    byTrace.computeIfAbsent(span.path("traceId").asText(), id -> new ArrayList<>())
                            .add(new RecordedTrace.RecordedSpan(scopeSpans.path("scope"), span));
                }
            }
            for (List<RecordedTrace.RecordedSpan> spans : byTrace.values()) {
                found.add(new RecordedTrace(dialect, resourceSpans.path("resource"), spans));
            }
        }
        return found;
    }

    private static JsonNode read(String resource) throws IOException {
        try (InputStream in = Recordings.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return JSON.readTree(in);
        }
    }
}
