package dev.assay.quality.messaging;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.ScoreRevised;
import dev.assay.contracts.llm.v1.ScoreValue;
import dev.assay.platform.sink.Outgoing;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.PublishedScores.Score;
import dev.assay.quality.domain.detect.Detector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores as messages of {@code llm.scores.v1}. They go to the partition that the call came from: both topics are placed
 * by the same key.
 */
final class ScoreMessages {
    private ScoreMessages() {}

    /** One message per score. */
    static void addNew(List<Outgoing> to, PublishedScores call, int partition) {
        for (Score score : call.scores()) {
            to.add(message(call, partition, score.detector(), value(call, score)));
        }
    }

    /** One message per detector: one that has no score any more is withdrawn. */
    static void addAll(List<Outgoing> to, PublishedScores call, int partition) {
        List<Detector> scored = new ArrayList<>();
        addNew(to, call, partition);
        call.scores().forEach(score -> scored.add(score.detector()));
        for (Detector detector : Detector.values()) {
            if (!scored.contains(detector)) {
                to.add(message(call, partition, detector, empty(call, detector).setWithdrawn(true)));
            }
        }
    }

    private static ScoreRevised.Builder value(PublishedScores call, Score score) {
        ScoreValue.Builder value = ScoreValue.newBuilder().setScore(score.score());
        if (score.label() != null) {
            value.setLabel(score.label());
        }
        return empty(call, score.detector())
                .setEvaluator(score.evaluator())
                .setEpoch(score.evaluator())
                .setValue(value);
    }

    private static ScoreRevised.Builder empty(PublishedScores call, Detector detector) {
        return ScoreRevised.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(call.tenant())
                        .setEventId(call.eventId())
                        .setEventTimeUs(call.eventTimeUs()))
                .setRevision(call.revision())
                .setMetric(detector.wireName());
    }

    private static Outgoing message(
            PublishedScores call, int partition, Detector detector, ScoreRevised.Builder message) {
        byte[] key =
                (call.tenant() + "/" + call.eventId() + "/" + detector.wireName()).getBytes(StandardCharsets.UTF_8);
        return new Outgoing(Topics.SCORES, partition, key, message.build().toByteArray());
    }
}
