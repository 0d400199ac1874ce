package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.ToolCall;
import dev.assay.ingest.domain.call.Values.BadValue;
import dev.assay.ingest.domain.mapping.FinishReasons;
import java.util.List;
import java.util.Map;

/** Fields that hold many values: tags, metadata, parameters, finish reasons, tool calls. Bounded in number and length. */
final class Maps {
    static final int MAX_ENTRIES = 64;
    static final int MAX_KEY_CHARS = 200;
    static final int MAX_VALUE_CHARS = 4096;
    private static final int MAX_TOOL_CALLS = 128;

    static void putMetadata(CallDraft draft, Object value) throws BadValue {
        for (Map.Entry<?, ?> entry : map(value).entrySet()) {
            Object entryValue = entry.getValue();
            if (entryValue != null) {
                String key = key(entry.getKey());
                String text = written(draft, entryValue);
                if (text.length() > MAX_VALUE_CHARS) {
                    throw new BadValue("values must have at most " + MAX_VALUE_CHARS + " characters");
                }
                draft.call().putMetadata(key, text);
            }
        }
        if (draft.call().getMetadataCount() > MAX_ENTRIES) {
            throw new BadValue("must have at most " + MAX_ENTRIES + " entries");
        }
    }

    /** What the API does not know stays as metadata, as far as there is room. */
    static void putUnknown(CallDraft draft, String name, Object value) {
        String text = written(draft, value);
        if (name.length() > MAX_KEY_CHARS || draft.call().getMetadataCount() >= MAX_ENTRIES) {
            draft.truncated("metadata");
            return;
        }
        if (text.length() > MAX_VALUE_CHARS) {
            draft.truncated("metadata");
        }
        draft.call().putMetadata(name, Texts.cut(text, MAX_VALUE_CHARS));
    }

    static void putParameters(CallDraft draft, Object value) throws BadValue {
        for (Map.Entry<?, ?> entry : map(value).entrySet()) {
            Object entryValue = entry.getValue();
            if (entryValue != null) {
                String text = written(draft, entryValue);
                draft.call().putRequestParams(key(entry.getKey()), Texts.cut(text, MAX_KEY_CHARS));
            }
        }
        if (draft.call().getRequestParamsCount() > MAX_ENTRIES) {
            throw new BadValue("must have at most " + MAX_ENTRIES + " entries");
        }
    }

    static void addTags(CallDraft draft, Object value) throws BadValue {
        List<?> tags = list(value);
        if (tags.size() > MAX_ENTRIES) {
            throw new BadValue("must have at most " + MAX_ENTRIES + " entries, got " + tags.size());
        }
        for (Object tag : tags) {
            if (!(tag instanceof String text) || text.length() > MAX_KEY_CHARS) {
                throw new BadValue("must be strings of at most " + MAX_KEY_CHARS + " characters");
            }
            draft.call().addTags(text);
        }
    }

    static void addFinishReasons(CallDraft draft, Object value) throws BadValue {
        List<?> reasons = value instanceof String ? List.of(value) : list(value);
        if (reasons.size() > MAX_ENTRIES) {
            throw new BadValue("must have at most " + MAX_ENTRIES + " entries, got " + reasons.size());
        }
        for (Object reason : reasons) {
            if (!(reason instanceof String text) || text.length() > MAX_KEY_CHARS) {
                throw new BadValue("must be strings of at most " + MAX_KEY_CHARS + " characters");
            }
            draft.call().addFinishReasons(FinishReasons.normalize(text));
        }
    }

    static void addToolCalls(CallDraft draft, Object value) throws BadValue {
        List<?> calls = list(value);
        if (calls.size() > MAX_TOOL_CALLS) {
            throw new BadValue("must have at most " + MAX_TOOL_CALLS + " entries, got " + calls.size());
        }
        Call.Builder call = draft.call();
        for (Object one : calls) {
            if (!(one instanceof Map<?, ?> map)) {
                throw new BadValue("must be objects with id, name and arguments");
            }
            ToolCall.Builder tool = ToolCall.newBuilder();
            Object name = map.get("name");
            Object id = map.get("id");
            Object arguments = map.get("arguments");
            if (!(name instanceof String text)) {
                throw new BadValue("must each have a name");
            }
            tool.setName(Texts.cut(text, MAX_KEY_CHARS));
            if (id != null) {
                tool.setId(Texts.cut(written(draft, id), MAX_KEY_CHARS));
            }
            if (arguments != null) {
                tool.setArguments(written(draft, arguments));
            }
            call.addToolCalls(tool);
        }
    }

    private static String key(Object key) throws BadValue {
        String text = String.valueOf(key);
        if (text.length() > MAX_KEY_CHARS) {
            throw new BadValue("keys must have at most " + MAX_KEY_CHARS + " characters");
        }
        return text;
    }

    /** A scalar as text, anything else as JSON. */
    private static String written(CallDraft draft, Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : draft.json().write(value);
    }

    private static Map<?, ?> map(Object value) throws BadValue {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new BadValue("must be an object, got " + Values.kind(value));
    }

    private static List<?> list(Object value) throws BadValue {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new BadValue("must be an array, got " + Values.kind(value));
    }

    private Maps() {}
}
