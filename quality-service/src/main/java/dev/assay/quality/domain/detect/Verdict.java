package dev.assay.quality.domain.detect;

import org.jspecify.annotations.Nullable;

/**
 * What the built-in detectors say about one exchange; {@code null} where a detector lacks its input.
 *
 * @param toxicity the response is toxic
 * @param toxicPage so surely that someone should be paged: at the threshold of one false alarm in 10⁵ clean texts
 * @param refusal the response refuses
 * @param harmfulPrompt the prompt asks for something that should be refused
 * @param surelyHarmful so surely that answering it counts against the response
 * @param jailbreakAttempt the prompt tries to talk the model out of its rules
 * @param jailbreakSuccess the response does what a harmful question asks
 * @param groundedness the response is supported by the context
 * @param pii the response has personal data or secrets in it
 */
public record Verdict(
        @Nullable Finding toxicity,
        @Nullable Boolean toxicPage,
        @Nullable Finding refusal,
        @Nullable Finding harmfulPrompt,
        @Nullable Boolean surelyHarmful,
        @Nullable Finding jailbreakAttempt,
        @Nullable Finding jailbreakSuccess,
        @Nullable Finding groundedness,
        @Nullable Finding pii) {}
