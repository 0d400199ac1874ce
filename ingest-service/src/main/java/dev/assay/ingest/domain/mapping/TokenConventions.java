package dev.assay.ingest.domain.mapping;

import static dev.assay.ingest.domain.mapping.TokenUsage.orZero;

import dev.assay.contracts.llm.v1.Kind;

/**
 * Brings a span's tokens to one convention: input and output are totals.
 *
 * <p>In this order: who is known to send what; the equation with the total; more cached than input tokens proves that the
 * input excludes them; otherwise it includes them. Nothing is clamped: what does not add up is flagged.
 */
final class TokenConventions {

    static void apply(SourceSpan source, Kind kind, TokenUsage usage) {
        deriveMissingSide(kind, usage);
        if (source.attributes().has(GenAiAttributes.LANGFUSE_OBSERVATION_USAGE_DETAILS)) {
            checkTotal(usage);
            return;
        }
        boolean exclusive = excludesCache(source, usage);
        if (exclusive && usage.input != null) {
            usage.input += usage.cached();
        }
        addReasoningIfLeftOut(usage);
        if (exclusive) {
            checkSubsets(usage);
        } else {
            checkTotal(usage);
        }
    }

    private static boolean excludesCache(SourceSpan source, TokenUsage usage) {
        long cached = usage.cached();
        if (cached == 0 || usage.input == null) {
            return false;
        }
        if (source.scope().name().startsWith("@traceloop/instrumentation-anthropic")) {
            return true;
        }
        boolean provedByCache = cached > usage.input;
        if (isKnownInclusive(source)) {
            return provedByCache;
        }
        if (usage.total != null && usage.output != null) {
            if (usage.input + usage.output == usage.total) {
                return provedByCache;
            }
            if (usage.input + cached + usage.output == usage.total) {
                return true;
            }
        }
        return provedByCache;
    }

    private static boolean isKnownInclusive(SourceSpan source) {
        return switch (source.dialect()) {
            case OPENINFERENCE, VERCEL_LEGACY, VERCEL_V7 -> true;
            default -> source.scope().name().startsWith("com.anthropic.sdk.");
        };
    }

    private static void deriveMissingSide(Kind kind, TokenUsage usage) {
        if (usage.total == null) {
            return;
        }
        if (kind == Kind.KIND_EMBEDDING) {
            if (usage.input == null) {
                usage.input = usage.total;
            }
            return;
        }
        if (usage.input == null && usage.output != null && usage.output <= usage.total) {
            usage.input = usage.total - usage.output;
        } else if (usage.output == null && usage.input != null && usage.input <= usage.total) {
            usage.output = usage.total - usage.input;
        }
    }

    /** Gemini counts thoughts beside the candidates' tokens. */
    private static void addReasoningIfLeftOut(TokenUsage usage) {
        if (usage.total == null || usage.input == null || usage.output == null || orZero(usage.reasoning) == 0) {
            return;
        }
        if (usage.input + usage.output + orZero(usage.reasoning) == usage.total) {
            usage.output += orZero(usage.reasoning);
        }
    }

    private static void checkTotal(TokenUsage usage) {
        if (usage.total != null
                && usage.input != null
                && usage.output != null
                && usage.input + usage.output != usage.total) {
            usage.odd(Anomalies.USAGE_MISMATCH);
        }
        checkSubsets(usage);
    }

    private static void checkSubsets(TokenUsage usage) {
        if (usage.input == null ? usage.cached() > 0 : usage.cached() > usage.input) {
            usage.odd(usage.input == null ? Anomalies.USAGE_INCOMPLETE : Anomalies.USAGE_MISMATCH);
        }
        if (usage.output == null ? orZero(usage.reasoning) > 0 : orZero(usage.reasoning) > usage.output) {
            usage.odd(usage.output == null ? Anomalies.USAGE_INCOMPLETE : Anomalies.USAGE_MISMATCH);
        }
    }

    private TokenConventions() {}
}
