package dev.assay.ingest.domain.metrics;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics of the GenAI conventions, of all their generations; what else an application measures is not kept. */
public enum KnownMetric {
    CLIENT_TOKEN_USAGE("gen_ai.client.token.usage", "{token}"),
    CLIENT_OPERATION_DURATION("gen_ai.client.operation.duration", "s"),
    CLIENT_TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk", "s"),
    CLIENT_TIME_PER_OUTPUT_CHUNK("gen_ai.client.operation.time_per_output_chunk", "s"),
    SERVER_REQUEST_DURATION("gen_ai.server.request.duration", "s"),
    SERVER_TIME_TO_FIRST_TOKEN("gen_ai.server.time_to_first_token", "s"),
    SERVER_TIME_PER_OUTPUT_TOKEN("gen_ai.server.time_per_output_token", "s"),
    INFERENCE_DURATION("gen_ai.client.inference.duration", "s"),
    INFERENCE_TIME_TO_FIRST_CHUNK("gen_ai.client.inference.time_to_first_chunk", "s"),
    INFERENCE_TIME_PER_OUTPUT_CHUNK("gen_ai.client.inference.time_per_output_chunk", "s"),
    INFERENCE_INPUT_TOKENS("gen_ai.client.inference.usage.input_tokens", "{token}"),
    INFERENCE_OUTPUT_TOKENS("gen_ai.client.inference.usage.output_tokens", "{token}"),
    INFERENCE_CACHE_READ_TOKENS("gen_ai.client.inference.usage.cache_read.input_tokens", "{token}"),
    INFERENCE_CACHE_WRITE_TOKENS("gen_ai.client.inference.usage.cache_write.input_tokens", "{token}"),
    INFERENCE_REASONING_TOKENS("gen_ai.client.inference.usage.reasoning.output_tokens", "{token}"),
    INVOKE_AGENT_DURATION("gen_ai.invoke_agent.duration", "s"),
    EXECUTE_TOOL_DURATION("gen_ai.execute_tool.duration", "s");

    private static final Map<String, KnownMetric> BY_NAME = new HashMap<>();

    static {
        for (KnownMetric metric : values()) {
            BY_NAME.put(metric.label, metric);
        }
    }

    private final String label;
    private final String unit;

    KnownMetric(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The metric of this name, or null when it is none of these. */
    public static @Nullable KnownMetric find(String name) {
        return BY_NAME.get(name);
    }

    /** The name on the wire. */
    public String label() {
        return label;
    }

    /** The unit of its values, as UCUM writes it. */
    public String unit() {
        return unit;
    }
}
