package dev.assay.quality.domain.detect;

import org.jspecify.annotations.Nullable;

/**
 * Judges whether a response says only what its context supports, by {@link SupportFeatures} of each passage; the least
 * supported passage decides. Not thread-safe.
 */
public final class Groundedness {
    private static final int PASSAGE_WORDS = 30;
    private static final int MOST_PASSAGES = 40;
    private static final int MOST_CHARACTERS = 64 * 1024;

    private final SupportFeatures features;
    private final Words response = new Words();
    private final Words context = new Words();
    private final Words prompt = new Words();

    /** Judges with the stop words of this lexicon. */
    public Groundedness(Lexicon lexicon) {
        this.features = new SupportFeatures(lexicon);
    }

    /** The features of the whole response, for training. */
    public double[] features(String responseText, String contextText, @Nullable String promptText) {
        read(responseText, contextText, promptText);
        return features.of(response, 0, response.count(), context, prompt);
    }

    /** The finding, or {@code null} when the response has no words. */
    public @Nullable Finding judge(
            GroundednessModel model, String responseText, String contextText, @Nullable String promptText) {
        read(responseText, contextText, promptText);
        if (response.count() == 0) {
            return null;
        }
        features.learn(context, prompt);
        double least = Double.POSITIVE_INFINITY;
        for (Passages.Passage passage : Passages.of(response, PASSAGE_WORDS, MOST_PASSAGES)) {
            least = Math.min(least, model.logit(features.measure(response, passage.from(), passage.to())));
        }
        return model.finding(least);
    }

    private void read(String responseText, String contextText, @Nullable String promptText) {
        response.read(responseText, 0, Math.min(responseText.length(), MOST_CHARACTERS));
        context.read(contextText, 0, Math.min(contextText.length(), MOST_CHARACTERS));
        String asked = promptText == null ? "" : promptText;
        prompt.read(asked, 0, Math.min(asked.length(), MOST_CHARACTERS));
    }
}
