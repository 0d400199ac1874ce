package dev.assay.quality.domain.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All built-in detectors together. Thread-safe: each thread has its own buffers. */
public final class Detectors {
    private final DetectorModels models;
    private final ThreadLocal<Buffers> buffers;

    private record Buffers(Reading reading, Groundedness groundedness) {}

    /** Detectors that judge with these models. */
    public Detectors(DetectorModels models) {
        this.models = models;
        this.buffers = ThreadLocal.withInitial(
                () -> new Buffers(new Reading(models.lexicon()), new Groundedness(models.lexicon())));
    }

    /** What the detectors say about this exchange. */
    public Verdict judge(Exchange exchange) {
        Buffers own = buffers.get();
        Finding toxicity = judge(own, models.toxicity(), TextPart.PASSAGES, exchange.response());
        Finding harmfulPrompt = judge(own, models.harmfulPrompt(), TextPart.HEAD, exchange.prompt());
        return new Verdict(
                toxicity,
                toxicity == null ? null : models.toxicity().isSure(toxicity),
                judge(own, models.refusal(), TextPart.OPENING, exchange.response()),
                harmfulPrompt,
                harmfulPrompt == null ? null : models.harmfulPrompt().isSure(harmfulPrompt),
                judge(own, models.jailbreakAttempt(), TextPart.HEAD_AND_TAIL, exchange.prompt()),
                judge(own, models.jailbreakSuccess(), TextPart.HEAD, exchange.response()),
                groundedness(own, exchange),
                exchange.response() == null ? null : PiiScanner.finding(PiiScanner.scan(exchange.response())));
    }

    /** Each detector's name with its version, in the order of {@link Detector}. */
    public List<String> versions() {
        return List.of(
                models.toxicity().name(),
                models.refusal().name(),
                models.harmfulPrompt().name(),
                models.jailbreakAttempt().name(),
                models.jailbreakSuccess().name(),
                models.groundedness().name(),
                PiiScanner.VERSION);
    }

    private static @Nullable Finding judge(Buffers own, LinearModel model, TextPart part, @Nullable String text) {
        if (text == null) {
            return null;
        }
        double[] highest = {Double.NEGATIVE_INFINITY};
        own.reading().parts(text, part, it -> highest[0] = Math.max(highest[0], model.logit(it.ngrams(), it.rules())));
        return model.finding(highest[0] == Double.NEGATIVE_INFINITY ? model.bias() : highest[0]);
    }

    private @Nullable Finding groundedness(Buffers own, Exchange exchange) {
        if (exchange.response() == null || exchange.context() == null) {
            return null;
        }
        return own.groundedness()
                .judge(models.groundedness(), exchange.response(), exchange.context(), exchange.prompt());
    }
}
