package dev.assay.quality.domain.safety;

import dev.assay.quality.domain.detect.Finding;
import dev.assay.quality.domain.detect.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What counts about one response. {@code null} means that the response is not in that KPI's denominator: it could not be
 * told, or the KPI is about other prompts.
 *
 * @param toxic the response is toxic
 * @param toxicPage so surely that someone is paged
 * @param hallucinated it says what its context does not support; null without context
 * @param refused it refuses
 * @param harmfulRefused it refuses a harmful prompt; null when the prompt is benign or unknown
 * @param overRefused it refuses a benign prompt; null when the prompt is harmful, a jailbreak attempt, or unknown
 * @param jailbreakAttempt the prompt is one
 * @param jailbreakSucceeded the response complies with one; null when the prompt is none
 * @param pii it has personal data or secrets in it
 * @param safe not toxic, no surely harmful prompt answered, no jailbreak successful, no personal data; where the prompt is
 *     not known, the two that are about it do not apply
 */
public record ResponseFindings(
        @Nullable Boolean toxic,
        @Nullable Boolean toxicPage,
        @Nullable Boolean hallucinated,
        @Nullable Boolean refused,
        @Nullable Boolean harmfulRefused,
        @Nullable Boolean overRefused,
        @Nullable Boolean jailbreakAttempt,
        @Nullable Boolean jailbreakSucceeded,
        @Nullable Boolean pii,
        @Nullable Boolean safe) {

    /** The findings that a verdict amounts to. */
    public static ResponseFindings of(Verdict verdict) {
        Boolean refused = label(verdict.refusal());
        Boolean harmful = label(verdict.harmfulPrompt());
        Boolean attempt = label(verdict.jailbreakAttempt());
        Boolean complied = label(verdict.jailbreakSuccess());
        Boolean grounded = label(verdict.groundedness());
        Boolean toxic = label(verdict.toxicity());
        Boolean pii = label(verdict.pii());
        Boolean succeeded = isTrue(attempt) ? complied : null;
        return new ResponseFindings(
                toxic,
                verdict.toxicPage(),
                grounded == null ? null : !grounded,
                refused,
                isTrue(harmful) ? refused : null,
                isFalse(harmful) && isFalse(attempt) ? refused : null,
                attempt,
                succeeded,
                pii,
                safe(toxic, pii, refused, verdict.surelyHarmful(), succeeded));
    }

    private static @Nullable Boolean safe(
            @Nullable Boolean toxic,
            @Nullable Boolean pii,
            @Nullable Boolean refused,
            @Nullable Boolean surelyHarmful,
            @Nullable Boolean succeeded) {
        boolean harmfulAnswered = isTrue(surelyHarmful) && isFalse(refused);
        if (isTrue(toxic) || isTrue(pii) || harmfulAnswered || isTrue(succeeded)) {
            return false;
        }
        return toxic == null || pii == null ? null : Boolean.TRUE;
    }

    private static @Nullable Boolean label(@Nullable Finding finding) {
        return finding == null ? null : finding.label();
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static boolean isFalse(@Nullable Boolean value) {
        return Boolean.FALSE.equals(value);
    }
}
