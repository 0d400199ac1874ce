package dev.assay.quality.store;

import dev.assay.contracts.common.v1.Revision;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.PublishedScores.Score;
import dev.assay.quality.domain.detect.Detector;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** Reads the scores in a row of {@code call_score} joined with its {@code evaluators}. */
final class ScoreRow {
    private ScoreRow() {}

    static PublishedScores of(Row row) {
        List<Score> scores = new ArrayList<>();
        String[] evaluators = row.getArrayOfStrings("evaluators");
        for (Detector detector : Detector.values()) {
            Float score = row.getFloat(detector.wireName());
            if (score != null && evaluators != null && detector.ordinal() < evaluators.length) {
                scores.add(new Score(
                        detector,
                        score,
                        Labels.of(row.getInteger("labels"), detector),
                        evaluators[detector.ordinal()]));
            }
        }
        return new PublishedScores(
                row.getString("tenant"),
                row.getString("event_id"),
                Revision.newBuilder()
                        .setGeneration(row.getLong("generation"))
                        .setPosition(row.getLong("position"))
                        .build(),
                row.getLong("event_time_us"),
                row.getBoolean("withdrawn"),
                scores);
    }
}
