package dev.assay.quality.domain.detect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The built-in detectors. Stored labels depend on the order: new ones go to the end. */
public enum Detector {
    TOXICITY,
    REFUSAL,
    HARMFUL_PROMPT,
    JAILBREAK_ATTEMPT,
    JAILBREAK_SUCCESS,
    GROUNDEDNESS,
    PII;

    /** The name in answers and scores, as {@code jailbreak_attempt}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What this detector says in a verdict; {@code null} where it lacked its input. */
    public @Nullable Finding in(Verdict verdict) {
        return switch (this) {
            case TOXICITY -> verdict.toxicity();
            case REFUSAL -> verdict.refusal();
            case HARMFUL_PROMPT -> verdict.harmfulPrompt();
            case JAILBREAK_ATTEMPT -> verdict.jailbreakAttempt();
            case JAILBREAK_SUCCESS -> verdict.jailbreakSuccess();
            case GROUNDEDNESS -> verdict.groundedness();
            case PII -> verdict.pii();
        };
    }
}
