package dev.assay.ingest.domain.mapping;

import static dev.assay.ingest.domain.mapping.GenAiAttributes.*;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span's system text, input, output and tool calls, as canonical messages. */
final class ContentFields {
    private static final int MAX_TOOL_CALLS = 128;

    static void apply(SourceSpan source, Call.Builder call) {
        JsonText json = source.json();
        List<Map<String, Object>> system =
                Messages.canonical(source.attributes().get(GEN_AI_SYSTEM_INSTRUCTIONS), "system", json);
        List<Map<String, Object>> input = input(source);
        if (system.isEmpty()) {
            system = takeSystem(input);
        }
        List<Map<String, Object>> output = output(source);
        write(system, json, call::setSystem);
        write(input, json, call::setInput);
        write(output, json, call::setOutput);
        addToolCalls(output, json, call);
        if (call.getKind() == Kind.KIND_TOOL && call.getToolCallsCount() == 0) {
            addOwnTool(source, call);
        }
    }

    /** Reasons that stand in the output messages only. */
    static List<String> finishReasonsOf(String output, JsonText json) {
        List<String> reasons = new ArrayList<>(1);
        List<?> messages = Coercion.list(json.read(output));
        if (messages != null) {
            for (Object message : messages) {
                Map<?, ?> map = Coercion.map(message);
                if (map != null) {
                    FinishReasons.add(reasons, map.get("finish_reason"));
                }
            }
        }
        return reasons;
    }

    private static List<Map<String, Object>> input(SourceSpan source) {
        Attributes attributes = source.attributes();
        Object first = first(attributes, LANGFUSE_OBSERVATION_INPUT, GEN_AI_INPUT_MESSAGES);
        if (first == null) {
            List<Map<String, Object>> flat = flat(source, AttributeFamily.FLAT_INPUT, AttributeFamily.FLAT_PROMPT);
            if (!flat.isEmpty()) {
                return Messages.canonical(flat, "user", source.json());
            }
            first = first(
                    attributes,
                    AI_PROMPT_MESSAGES,
                    AI_PROMPT,
                    GEN_AI_PROMPT,
                    GCP_VERTEX_AGENT_LLM_REQUEST,
                    INPUT_VALUE,
                    TRACELOOP_ENTITY_INPUT);
        }
        return first == null ? ContentEvents.input(source) : Messages.canonical(first, "user", source.json());
    }

    private static List<Map<String, Object>> output(SourceSpan source) {
        Attributes attributes = source.attributes();
        Object first = first(attributes, LANGFUSE_OBSERVATION_OUTPUT, GEN_AI_OUTPUT_MESSAGES);
        if (first == null) {
            List<Map<String, Object>> flat = flat(source, AttributeFamily.FLAT_OUTPUT, AttributeFamily.FLAT_COMPLETION);
            if (!flat.isEmpty()) {
                return Messages.canonical(flat, "assistant", source.json());
            }
            List<Map<String, Object>> vercel = vercelOutput(source);
            if (!vercel.isEmpty()) {
                return vercel;
            }
            first = first(
                    attributes,
                    GEN_AI_COMPLETION,
                    GCP_VERTEX_AGENT_LLM_RESPONSE,
                    OUTPUT_VALUE,
                    TRACELOOP_ENTITY_OUTPUT);
        }
        return first == null ? ContentEvents.output(source) : Messages.canonical(first, "assistant", source.json());
    }

    /** The AI SDK keeps text, object and tool calls of one answer apart. */
    private static List<Map<String, Object>> vercelOutput(SourceSpan source) {
        List<Object> parts = new ArrayList<>();
        String text = source.firstText(AI_RESPONSE_TEXT, AI_RESPONSE_OBJECT);
        if (text != null) {
            parts.add(MessageParts.text(text));
        }
        Object calls = source.attributes().get(AI_RESPONSE_TOOL_CALLS);
        if (calls instanceof String json) {
            calls = source.json().read(json);
        }
        if (calls instanceof List<?> list) {
            for (Object call : list) {
                if (call instanceof Map<?, ?> map) {
                    parts.add(MessageParts.ofFunction(map.get("toolCallId"), map));
                }
            }
        }
        return parts.isEmpty() ? List.of() : List.of(Messages.message("assistant", parts));
    }

    private static List<Map<String, Object>> flat(SourceSpan source, AttributeFamily... families) {
        for (AttributeFamily family : families) {
            List<Map<String, Object>> messages = FlatMessages.read(source.attributes(), family);
            if (!messages.isEmpty()) {
                return messages;
            }
        }
        return List.of();
    }

    private static List<Map<String, Object>> takeSystem(List<Map<String, Object>> input) {
        List<Map<String, Object>> system = new ArrayList<>();
        for (Map<String, Object> message : input) {
            if ("system".equals(message.get("role"))) {
                system.add(message);
            }
        }
        return system;
    }

    static void addToolCalls(List<Map<String, Object>> output, JsonText json, Call.Builder call) {
        for (Map<String, Object> message : output) {
            List<?> parts = Coercion.list(message.get("parts"));
            if (parts == null) {
                continue;
            }
            for (Object part : parts) {
                Map<?, ?> map = Coercion.map(part);
                if (map != null && "tool_call".equals(map.get("type")) && call.getToolCallsCount() < MAX_TOOL_CALLS) {
                    call.addToolCalls(toolCall(map.get("id"), map.get("name"), map.get("arguments"), json));
                }
            }
        }
    }

    private static void addOwnTool(SourceSpan source, Call.Builder call) {
        String name = source.firstText(GEN_AI_TOOL_NAME, AI_TOOL_CALL_NAME, TOOL_NAME);
        Attributes attributes = source.attributes();
        Object arguments =
                first(attributes, GEN_AI_TOOL_CALL_ARGUMENTS, AI_TOOL_CALL_ARGS, GCP_VERTEX_AGENT_TOOL_CALL_ARGS);
        if (name != null) {
            String id = source.firstText(GEN_AI_TOOL_CALL_ID, AI_TOOL_CALL_ID);
            call.addToolCalls(toolCall(id, name, arguments, source.json()));
        }
    }

    private static ToolCall toolCall(
            @Nullable Object id, @Nullable Object name, @Nullable Object arguments, JsonText json) {
        ToolCall.Builder call = ToolCall.newBuilder();
        call.setId(id == null ? "" : String.valueOf(id));
        call.setName(name == null ? "" : String.valueOf(name));
        if (arguments instanceof String text) {
            call.setArguments(text);
        } else if (arguments != null) {
            call.setArguments(json.write(arguments));
        }
        return call.build();
    }

    static void write(List<Map<String, Object>> messages, JsonText json, java.util.function.Consumer<String> field) {
        if (!messages.isEmpty()) {
            field.accept(json.write(messages));
        }
    }

    private static @Nullable Object first(Attributes attributes, GenAiAttributes... names) {
        for (GenAiAttributes name : names) {
            Object value = attributes.get(name);
            if (value != null && !"".equals(value)) {
                return value;
            }
        }
        return null;
    }

    private ContentFields() {}
}
