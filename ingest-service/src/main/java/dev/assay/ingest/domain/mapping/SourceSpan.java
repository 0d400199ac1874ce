package dev.assay.ingest.domain.mapping;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A span with all that is known about its sender: what each part of the mapping looks at. For one thread. */
final class SourceSpan {
    private final TelemetryResource resource;
    private final TelemetryScope scope;
    private final TelemetrySpan span;
    private final Dialect dialect;
    private final JsonText json;
    private @Nullable TreeMap<GenAiAttributes, Map<?, ?>> parsed;

    SourceSpan(TelemetryResource resource, TelemetryScope scope, TelemetrySpan span, JsonText json) {
        this.resource = resource;
        this.scope = scope;
        this.span = span;
        this.dialect = DialectDetector.detect(resource, scope, span);
        this.json = json;
    }

    TelemetryResource resource() {
        return resource;
    }

    TelemetryScope scope() {
        return scope;
    }

    TelemetrySpan span() {
        return span;
    }

    Dialect dialect() {
        return dialect;
    }

    JsonText json() {
        return json;
    }

    Attributes attributes() {
        return span.attributes();
    }

    @Nullable
    String firstText(GenAiAttributes... names) {
        return span.attributes().firstText(names);
    }

    /** The attribute's value as a JSON object, whether sent as structure or as text; null when it is neither. */
    @Nullable
    Map<?, ?> object(GenAiAttributes name) {
        Object value = span.attributes().get(name);
        if (!(value instanceof String text)) {
            return Coercion.map(value);
        }
        if (!text.startsWith("{")) {
            return null;
        }
        if (parsed == null) {
            parsed = new TreeMap<>();
        }
        Map<?, ?> object = parsed.get(name);
        if (object == null) {
            Map<?, ?> read = Coercion.map(json.read(text));
            object = read == null ? Map.of() : read;
            parsed.put(name, object);
        }
        return object.isEmpty() ? null : object;
    }

    /** The span's duration in nanoseconds, or -1 when its end is unknown. */
    long durationNanos() {
        return span.endNanos() == 0 ? -1 : Math.max(0, span.endNanos() - span.startNanos());
    }
}
