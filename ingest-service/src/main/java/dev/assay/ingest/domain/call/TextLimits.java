package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.ToolCall;
import dev.assay.ingest.domain.mapping.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is too long to keep and marks it: texts at 64 KiB a field, labels at their length.
 *
 * <p>Messages stay well-formed: their texts share the field's room in order, and what comes after it is cut to nothing.
 */
public final class TextLimits {
    /** The most that a field of text may have, in UTF-8. */
    public static final int MAX_TEXT_BYTES = 64 * 1024;

    /** The most that a whole event may have, serialized. */
    public static final int MAX_EVENT_BYTES = 512 * 1024;

    private static final int MAX_LABEL_CHARS = 200;
    private static final int MAX_USER_CHARS = 512;

    /** Cuts the call's texts. */
    public static void cutTexts(Call.Builder call, JsonText json) {
        cutMessages(call, "system", call.getSystem(), call::setSystem, json);
        cutMessages(call, "input", call.getInput(), call::setInput, json);
        cutMessages(call, "output", call.getOutput(), call::setOutput, json);
        cutText(call, "context", call.getContext(), MAX_TEXT_BYTES, call::setContext);
        cutText(call, "error_message", call.getErrorMessage(), MAX_TEXT_BYTES, call::setErrorMessage);
        for (int i = 0; i < call.getToolCallsCount(); i++) {
            ToolCall tool = call.getToolCalls(i);
            int at = i;
            cutText(
                    call,
                    "tool_calls",
                    tool.getArguments(),
                    MAX_TEXT_BYTES,
                    cut -> call.setToolCalls(at, tool.toBuilder().setArguments(cut)));
        }
    }

    /** Cuts labels that telemetry brought longer than any label is; clients of the API are told instead. */
    public static void cutLabels(Call.Builder call) {
        cutLabel(call, "scope_name", call.getScopeName(), call::setScopeName);
        cutLabel(call, "scope_version", call.getScopeVersion(), call::setScopeVersion);
        cutLabel(call, "sdk_language", call.getSdkLanguage(), call::setSdkLanguage);
        cutLabel(call, "operation", call.getOperation(), call::setOperation);
        cutLabel(call, "provider", call.getProvider(), call::setProvider);
        cutLabel(call, "provider_raw", call.getProviderRaw(), call::setProviderRaw);
        cutLabel(call, "request_model", call.getRequestModel(), call::setRequestModel);
        cutLabel(call, "response_model", call.getResponseModel(), call::setResponseModel);
        cutLabel(call, "response_id", call.getResponseId(), call::setResponseId);
        cutLabel(call, "error_type", call.getErrorType(), call::setErrorType);
        cutLabel(call, "app", call.getApp(), call::setApp);
        cutLabel(call, "environment", call.getEnvironment(), call::setEnvironment);
        cutLabel(call, "release", call.getRelease(), call::setRelease);
        cutLabel(call, "endpoint", call.getEndpoint(), call::setEndpoint);
        cutLabel(call, "variant", call.getVariant(), call::setVariant);
        cutLabel(call, "task_id", call.getTaskId(), call::setTaskId);
        cutLabel(call, "prompt_name", call.getPromptName(), call::setPromptName);
        cutLabel(call, "prompt_version", call.getPromptVersion(), call::setPromptVersion);
        cutChars(call, "user_id", call.getUserId(), MAX_USER_CHARS, call::setUserId);
        cutChars(call, "session_id", call.getSessionId(), MAX_USER_CHARS, call::setSessionId);
        for (int i = 0; i < call.getToolCallsCount(); i++) {
            ToolCall tool = call.getToolCalls(i);
            if (tool.getName().length() > MAX_LABEL_CHARS || tool.getId().length() > MAX_LABEL_CHARS) {
                call.setToolCalls(
                        i,
                        tool.toBuilder()
                                .setName(Texts.cut(tool.getName(), MAX_LABEL_CHARS))
                                .setId(Texts.cut(tool.getId(), MAX_LABEL_CHARS)));
                mark(call, "tool_calls");
            }
        }
    }

    private static void cutLabel(Call.Builder call, String field, String value, Consumer<String> setter) {
        cutChars(call, field, value, MAX_LABEL_CHARS, setter);
    }

    private static void cutChars(Call.Builder call, String field, String value, int maxChars, Consumer<String> setter) {
        if (value.length() > maxChars) {
            setter.accept(Texts.cut(value, maxChars));
            mark(call, field);
        }
    }

    private static void cutText(Call.Builder call, String field, String value, int maxBytes, Consumer<String> setter) {
        String cut = Texts.cutBytes(value, maxBytes);
        if (cut.length() < value.length()) {
            setter.accept(cut);
            mark(call, field);
        }
    }

    private static void cutMessages(
            Call.Builder call, String field, String value, Consumer<String> setter, JsonText json) {
        if (value.length() <= MAX_TEXT_BYTES / 3 || Texts.utf8Length(value) <= MAX_TEXT_BYTES) {
            return;
        }
        Object messages = json.read(value);
        if (messages != null) {
            // room for the quotes, braces and names around the texts
            Object cut = new Room(MAX_TEXT_BYTES - 2 * 1024).cut(messages);
            setter.accept(json.write(cut == null ? List.of() : cut));
        } else {
            setter.accept("");
        }
        mark(call, field);
    }

    private static void mark(Call.Builder call, String field) {
        if (!call.getTruncatedList().contains(field)) {
            call.addTruncated(field);
        }
    }

    /** What is left of a field's room while its texts are walked. */
    private static final class Room {
        private int bytes;

        Room(int bytes) {
            this.bytes = bytes;
        }

        @Nullable
        Object cut(@Nullable Object value) {
            if (value instanceof String text) {
                // escapes make a text longer in JSON than it is
                String cut = Texts.cutBytes(text, Math.max(0, bytes - escapes(text, bytes)));
                bytes -= Texts.utf8Length(cut) + escapes(cut, Integer.MAX_VALUE);
                return cut;
            }
            if (value instanceof List<?> list) {
                List<@Nullable Object> cut = new ArrayList<>(list.size());
                list.forEach(element -> cut.add(cut(element)));
                return cut;
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> cut = new LinkedHashMap<>();
                map.forEach((key, element) -> cut.put(
                        String.valueOf(key), key.equals("role") || key.equals("type") ? element : cut(element)));
                return cut;
            }
            return value;
        }

        private static int escapes(String text, int upTo) {
            int escapes = 0;
            for (int i = 0; i < text.length() && i < upTo; i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r') {
                    escapes++;
                } else if (c < 0x20) {
                    escapes += 5;
                }
            }
            return escapes;
        }
    }

    private TextLimits() {}
}
