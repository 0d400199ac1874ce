package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether OpenLLMetry's JS instrumentation for OpenAI has counted the tokens itself.
 *
 * <p>On streamed chats it ignores the provider's usage and runs a tokenizer over the bare contents, and it does not send
 * the stream flag. Where the flag is missing, arithmetic gives it away: OpenAI's chat format adds at least three
 * tokens per message, one for its role and three for the reply, and no token spans two words or a word and a punctuation
 * mark. An input below that bound is not the provider's figure.
 */
final class LocalEstimate {
    private static final String SCOPE = "@traceloop/instrumentation-openai";
    private static final int FRAME_TOKENS_PER_MESSAGE = 4;
    private static final int REPLY_TOKENS = 3;

    static boolean isEstimated(SourceSpan source, Call.Builder call) {
        if (!source.scope().name().equals(SCOPE) || !call.hasInputTokens()) {
            return false;
        }
        if (call.hasStream()) {
            return call.getStream();
        }
        return isBelowLeastPossible(call.getInputTokens(), call.getInput(), source.json());
    }

    private static boolean isBelowLeastPossible(long inputTokens, String input, JsonText json) {
        List<?> messages = input.isEmpty() ? null : Coercion.list(json.read(input));
        if (messages == null || messages.isEmpty()) {
            return false;
        }
        long least = REPLY_TOKENS;
        for (Object message : messages) {
            Map<?, ?> map = Coercion.map(message);
            List<?> parts = map == null ? null : Coercion.list(map.get("parts"));
            least += FRAME_TOKENS_PER_MESSAGE + (parts == null ? 0 : leastTokens(parts));
        }
        return inputTokens < least;
    }

    private static long leastTokens(List<?> parts) {
        long least = 0;
        for (Object part : parts) {
            Map<?, ?> map = Coercion.map(part);
            least += map == null ? 0 : words(map.get("content"));
        }
        return least;
    }

    /** Runs of Latin letters: what no tokenizer of OpenAI's merges across. */
    static int words(@Nullable Object content) {
        if (!(content instanceof String text)) {
            return 0;
        }
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter && !inWord) {
                words++;
            }
            inWord = letter;
        }
        return words;
    }

    private LocalEstimate() {}
}
