package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the caller asked the model for: temperature, limits, and what else stands in the parameters' JSON. */
final class ModelParameters {
    private static final String REQUEST_PREFIX = "gen_ai.request.";
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_VALUE_CHARS = 200;

    /** Fields of their own, or content. */
    private static final Set<String> NOT_PARAMETERS = Set.of(
            "model",
            "stream",
            "stream_options",
            "user",
            "messages",
            "input",
            "prompt",
            "system",
            "instructions",
            "tools",
            "is_stream",
            "metadata");

    static void apply(SourceSpan source, Call.Builder call) {
        for (Attributes.Other other : source.attributes().others()) {
            if (other.key().startsWith(REQUEST_PREFIX)) {
                put(call, other.key().substring(REQUEST_PREFIX.length()), other.value());
            }
        }
        Map<?, ?> parameters = ofJson(source);
        if (parameters != null) {
            parameters.forEach((key, value) -> put(call, String.valueOf(key), value));
        }
        if (source.dialect() == Dialect.QUARKUS_LANGCHAIN4J && isZero(call, "temperature") && isZero(call, "top_p")) {
            // it sends zeros for what was never set
            call.removeRequestParams("temperature").removeRequestParams("top_p");
        }
    }

    /** Whether streaming was asked for in the parameters; null when they do not say. */
    static @Nullable Boolean stream(SourceSpan source) {
        Map<?, ?> parameters = ofJson(source);
        return parameters == null ? null : Coercion.flag(parameters.get("stream"));
    }

    /** The model asked for, where it stands in the parameters only. */
    static @Nullable String model(SourceSpan source) {
        Map<?, ?> parameters = source.object(GenAiAttributes.LLM_INVOCATION_PARAMETERS);
        return parameters == null ? null : Coercion.text(parameters.get("model"));
    }

    private static @Nullable Map<?, ?> ofJson(SourceSpan source) {
        Map<?, ?> parameters = source.object(GenAiAttributes.LLM_INVOCATION_PARAMETERS);
        return parameters != null ? parameters : source.object(GenAiAttributes.LANGFUSE_OBSERVATION_MODEL_PARAMETERS);
    }

    private static void put(Call.Builder call, String name, Object value) {
        String text = Coercion.text(value);
        if (text != null
                && text.length() <= MAX_VALUE_CHARS
                && name.length() <= MAX_VALUE_CHARS
                && !NOT_PARAMETERS.contains(name)
                && call.getRequestParamsCount() < MAX_PARAMETERS) {
            call.putRequestParams(name, text);
        }
    }

    private static boolean isZero(Call.Builder call, String name) {
        Double number = Coercion.number(call.getRequestParamsOrDefault(name, ""));
        return number != null && number == 0;
    }

    private ModelParameters() {}
}
