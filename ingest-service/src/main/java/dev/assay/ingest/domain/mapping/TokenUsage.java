package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one span: totals, and the subsets that each is part of.
 *
 * <p>After {@link TokenConventions} has looked at them the input is the total, cached and cache-written tokens included,
 * and the output is the total, reasoning included. Null is unknown, never zero.
 */
final class TokenUsage {
    @Nullable
    Long input;

    @Nullable
    Long cacheRead;

    @Nullable
    Long cacheWrite;

    @Nullable
    Long cacheWrite1h;

    @Nullable
    Long inputAudio;

    @Nullable
    Long inputImage;

    @Nullable
    Long output;

    @Nullable
    Long reasoning;

    @Nullable
    Long outputAudio;

    @Nullable
    Long outputImage;

    @Nullable
    Long total;
    /** What was odd, in the words of {@code Call.anomalies}. */
    final List<String> anomalies = new ArrayList<>(0);

    boolean isKnown() {
        return input != null || output != null;
    }

    long cached() {
        return orZero(cacheRead) + orZero(cacheWrite);
    }

    void odd(String anomaly) {
        if (!anomalies.contains(anomaly)) {
            anomalies.add(anomaly);
        }
    }

    static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    void writeTo(Call.Builder call) {
        if (input != null) {
            call.setInputTokens(input);
        }
        if (cacheRead != null) {
            call.setCacheReadTokens(cacheRead);
        }
        if (cacheWrite != null) {
            call.setCacheWriteTokens(cacheWrite);
        }
        if (cacheWrite1h != null) {
            call.setCacheWrite1HTokens(cacheWrite1h);
        }
        if (inputAudio != null) {
            call.setInputAudioTokens(inputAudio);
        }
        if (inputImage != null) {
            call.setInputImageTokens(inputImage);
        }
        if (output != null) {
            call.setOutputTokens(output);
        }
        if (reasoning != null) {
            call.setReasoningTokens(reasoning);
        }
        if (outputAudio != null) {
            call.setOutputAudioTokens(outputAudio);
        }
        if (outputImage != null) {
            call.setOutputImageTokens(outputImage);
        }
        call.addAllAnomalies(anomalies);
    }
}
