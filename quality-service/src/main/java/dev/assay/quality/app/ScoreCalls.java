package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.platform.window.Minutes;
import dev.assay.quality.domain.EventHash;
import dev.assay.quality.domain.detect.Detectors;
import dev.assay.quality.domain.detect.Exchange;
import dev.assay.quality.domain.detect.Verdict;
import dev.assay.quality.domain.safety.CallContribution;
import dev.assay.quality.domain.safety.ResponseFindings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judges calls by the built-in detectors. Takes tens of microseconds a call, on the calling thread. */
@ApplicationScoped
public class ScoreCalls {
    /** Characters of a query that are kept. */
    static final int QUERY_LENGTH = 300;

    private final Detectors detectors;

    ScoreCalls(Detectors detectors) {
        this.detectors = detectors;
    }

    /** Judges one revision, and says what it was to its user and session. */
    public CallFact fact(CallRevised revised, long offset) {
        return CallFact.of(revised, score(revised, offset));
    }

    /** Judges one revision. */
    public ScoredCall score(CallRevised revised, long offset) {
        Envelope envelope = revised.getEnvelope();
        ScoredCall.Key key = new ScoredCall.Key(
                envelope.getTenant(),
                revised.getLedgerDay(),
                EventHash.of(envelope.getTenant(), envelope.getEventId()));
        if (!revised.hasCall()) {
            return new ScoredCall(
                    key,
                    storable(envelope.getEventId()),
                    revised.getRevision(),
                    offset,
                    envelope.getEventTimeUs(),
                    Minutes.ofMicros(envelope.getEventTimeUs()),
                    Dimensions.getDefaultInstance(),
                    null,
                    null,
                    true,
                    CallContribution.NOTHING,
                    null,
                    "");
        }
        return score(revised, key, revised.getCall(), offset);
    }

    private ScoredCall score(CallRevised revised, ScoredCall.Key key, Call call, long offset) {
        Envelope envelope = revised.getEnvelope();
        long start = call.hasStartTimeUs() ? call.getStartTimeUs() : envelope.getEventTimeUs();
        String prompt = MessageText.lastOfUser(call.getInput());
        String response = MessageText.all(call.getOutput());
        CallContribution contribution = CallContribution.NOTHING;
        Verdict verdict = null;
        if (isAnswer(call)) {
            contribution = CallContribution.UNKNOWN;
            if (response != null) {
                verdict = detectors.judge(new Exchange(prompt, response, MessageText.all(call.getContext())));
                contribution = CallContribution.of(ResponseFindings.of(verdict), words(response));
            }
        }
        return new ScoredCall(
                key,
                storable(envelope.getEventId()),
                revised.getRevision(),
                offset,
                start,
                Minutes.ofMicros(start),
                dimensions(call),
                hashed(key.tenant(), call.getUserId()),
                hashed(key.tenant(), call.getTraceId()),
                false,
                contribution,
                verdict,
                excerpt(prompt));
    }

    /** A model's answer in words was to be expected: not an embedding, not a failure, not a call of tools alone. */
    private static boolean isAnswer(Call call) {
        boolean model = call.getKind() == Kind.KIND_LLM || call.getKind() == Kind.KIND_UNSPECIFIED;
        boolean toolsAlone = call.getToolCallsCount() > 0 && MessageText.all(call.getOutput()) == null;
        return model && call.getStatus() != Status.STATUS_ERROR && !toolsAlone;
    }

    private static Dimensions dimensions(Call call) {
        if (call.hasDimensions()) {
            return call.getDimensions();
        }
        return Dimensions.newBuilder()
                .setEnvironment(call.getEnvironment())
                .setApp(call.getApp())
                .setEndpoint(call.getEndpoint())
                .setProvider(call.getProvider())
                .setModel(call.getResponseModel().isEmpty() ? call.getRequestModel() : call.getResponseModel())
                .setVariant(call.getVariant())
                .setPromptVersion(call.getPromptVersion())
                .build();
    }

    /** Words are what whitespace separates and has a letter or digit in it. */
    static int words(String text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                inWord = false;
            } else if (!inWord && Character.isLetterOrDigit(c)) {
                inWord = true;
                words++;
            }
        }
        return words;
    }

    private static String excerpt(@Nullable String prompt) {
        return prompt == null ? "" : storable(cut(prompt.strip(), QUERY_LENGTH));
    }

    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, splitsPair ? length - 1 : length);
    }

    /** PostgreSQL has no NUL in text. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    static @Nullable UUID hashed(String tenant, String id) {
        return id.isEmpty() ? null : EventHash.of(tenant, id);
    }
}
