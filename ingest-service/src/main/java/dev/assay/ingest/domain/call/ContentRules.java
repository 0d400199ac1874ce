package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.ToolCall;
import dev.assay.ingest.domain.mapping.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A project's content policy, applied before anything is stored: {@code keep}, {@code redact}, {@code hash} or {@code drop}.
 *
 * <p>Content is what people and models wrote: messages, tool arguments, context, error messages, metadata values and
 * feedback texts. A user's id that is personal data itself becomes a pseudonym, the same for the same user.
 */
public final class ContentRules {
    /** What is done to texts. */
    public enum Mode {
        KEEP,
        REDACT,
        HASH,
        DROP
    }

    /** A keyed hash in hex, so that short texts cannot be guessed from it. */
    public interface KeyedHash extends UnaryOperator<String> {}

    private final Mode mode;
    private final KeyedHash hash;
    private final JsonText json;

    public ContentRules(Mode mode, KeyedHash hash, JsonText json) {
        this.mode = mode;
        this.hash = hash;
        this.json = json;
    }

    /** Applies the policy to a call. */
    public void apply(Call.Builder call) {
        switch (mode) {
            case KEEP -> {
                // as it came
            }
            case REDACT -> {
                change(call, Redactor::redact);
                changeMetadata(call, Redactor::redact);
                call.setUserId(pseudonym(call.getUserId()));
            }
            case HASH -> {
                change(call, this::hashed);
                changeMetadata(call, this::hashed);
                call.setUserId(pseudonym(call.getUserId()));
            }
            case DROP -> {
                call.clearSystem()
                        .clearInput()
                        .clearOutput()
                        .clearContext()
                        .clearErrorMessage()
                        .clearMetadata();
                for (int i = 0; i < call.getToolCallsCount(); i++) {
                    call.setToolCalls(i, call.getToolCalls(i).toBuilder().clearArguments());
                }
                call.setUserId(pseudonym(call.getUserId()));
            }
        }
    }

    /** Applies the policy to feedback. */
    public void apply(Feedback.Builder feedback) {
        switch (mode) {
            case KEEP -> {
                // as it came
            }
            case REDACT ->
                feedback.setText(Redactor.redact(feedback.getText())).setUserId(pseudonym(feedback.getUserId()));
            case HASH -> feedback.setText(hashed(feedback.getText())).setUserId(pseudonym(feedback.getUserId()));
            case DROP -> feedback.clearText().setUserId(pseudonym(feedback.getUserId()));
        }
        if (mode != Mode.KEEP && feedback.hasScore()) {
            String said = feedback.getScore().getExplanation();
            feedback.getScoreBuilder()
                    .setLabel(Redactor.redact(feedback.getScore().getLabel()))
                    .setExplanation(
                            mode == Mode.REDACT ? Redactor.redact(said) : mode == Mode.HASH ? hashed(said) : "");
        }
    }

    /** The id, or a pseudonym where the id is personal data and the policy is not to keep it. */
    public String pseudonym(String userId) {
        return mode == Mode.KEEP || Redactor.redact(userId).equals(userId) ? userId : "user-" + hash.apply(userId);
    }

    private String hashed(String text) {
        return text.isEmpty() ? text : "hmac:" + hash.apply(text);
    }

    private void change(Call.Builder call, UnaryOperator<String> change) {
        changeMessages(call.getSystem(), change, call::setSystem);
        changeMessages(call.getInput(), change, call::setInput);
        changeMessages(call.getOutput(), change, call::setOutput);
        call.setContext(change.apply(call.getContext()));
        call.setErrorMessage(change.apply(call.getErrorMessage()));
        call.setErrorType(Redactor.redact(call.getErrorType()));
        for (int i = 0; i < call.getToolCallsCount(); i++) {
            ToolCall tool = call.getToolCalls(i);
            call.setToolCalls(i, tool.toBuilder().setArguments(change.apply(tool.getArguments())));
        }
    }

    private static void changeMetadata(Call.Builder call, UnaryOperator<String> change) {
        Map<String, String> metadata = new LinkedHashMap<>(call.getMetadataMap());
        metadata.replaceAll((key, value) -> change.apply(value));
        call.clearMetadata().putAllMetadata(metadata);
        for (int i = 0; i < call.getTagsCount(); i++) {
            call.setTags(i, Redactor.redact(call.getTags(i)));
        }
    }

    private void changeMessages(String messages, UnaryOperator<String> change, Consumer<String> setter) {
        if (messages.isEmpty()) {
            return;
        }
        Object parsed = json.read(messages);
        // what is no JSON cannot be walked, and must not slip through
        Object changed = parsed == null ? change.apply(messages) : leaves(parsed, change);
        setter.accept(changed == null ? "" : json.write(changed));
    }

    private static @Nullable Object leaves(@Nullable Object value, UnaryOperator<String> change) {
        if (value instanceof String text) {
            return change.apply(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> changed = new ArrayList<>(list.size());
            list.forEach(element -> changed.add(leaves(element, change)));
            return changed;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>();
            map.forEach((key, element) -> changed.put(
                    String.valueOf(key), isStructure(String.valueOf(key)) ? element : leaves(element, change)));
            return changed;
        }
        return value;
    }

    /** Fields of a message that say what it is, not what it says. */
    private static boolean isStructure(String key) {
        return switch (key) {
            case "role", "type", "finish_reason", "id", "name", "modality", "mime_type" -> true;
            default -> false;
        };
    }
}
