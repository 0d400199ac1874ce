package dev.assay.quality.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.quality.domain.detect.Groundedness;
import dev.assay.quality.domain.detect.GroundednessModel;
import dev.assay.quality.domain.detect.Lexicon;
import dev.assay.quality.domain.detect.SupportFeatures;
import dev.assay.quality.train.TrainedModel.SourceCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes and measures the groundedness model. */
final class GroundednessTrainer {
    private static final String CHECK_ONLY = "halueval-qa";
    private static final double PENALTY = 5;
    private static final double[] GIVEN = given();
    private static final List<String> CAVEATS = List.of(
            "Lexical: a claim that contradicts the context in the context's own words is not seen. Scores in the middle"
                    + " should go to a judge.",
            "On summaries with subtle edits it is close to chance.",
            "HaluEval-QA is a check only, never trained on: there the length of an answer alone gives .96, and the model"
                    + " knows the length, so the figure says little.");

    private final Dataset data;
    private final Groundedness groundedness;

    /** The model file and what is known about it. */
    record Result(GroundednessModel model, TrainedModel figures) {}

    private record Row(String source, String model, boolean supported, double[] features) {}

    GroundednessTrainer(Dataset data, Lexicon lexicon) {
        this.data = data;
        this.groundedness = new Groundedness(lexicon);
    }

    Result train() throws IOException {
        List<Row> rows = rows();
        Predicate<Row> begin = row -> !row.source().equals(CHECK_ONLY);
        List<Predicate<Row>> tests = List.of(
                row -> row.source().equals("begin-wow"),
                row -> row.source().equals("begin-cmu-dog"),
                row -> row.source().equals(CHECK_ONLY));
        List<String> names = List.of("BEGIN Wizard of Wikipedia", "BEGIN CMU-DoG", "HaluEval-QA (check only)");
        List<List<double[]>> scored = new ArrayList<>();
        for (Predicate<Row> test : tests) {
            DenseTrainer.Fit fit = fit(rows, begin.and(test.negate()));
            scored.add(rows.stream()
                    .filter(test)
                    .map(row -> new double[] {fit.logit(row.features()), row.supported() ? 1 : 0})
                    .toList());
        }
        List<Figures> figures = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            figures.add(figures(names.get(i), scored.get(i)));
        }
        DenseTrainer.Fit fit = fit(rows, begin);
        GroundednessModel model = new GroundednessModel("groundedness-lexical/2", fit.weights(), fit.bias(), 0.5);
        return new Result(model, describe(model, rows, scored, figures));
    }

    private static double[] given() {
        double[] given = new double[SupportFeatures.COUNT];
        given[SupportFeatures.NUMBERS_MISSING] = -5;
        given[SupportFeatures.NAMES_MISSING] = -2.5;
        return given;
    }

    private List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String file : List.of("begin.train", "halueval-qa.dev")) {
            for (JsonNode row : data.rows("hallucination/" + file + ".jsonl")) {
                String id = row.get("id").asText();
                String source = id.startsWith("begin-wow")
                        ? "begin-wow"
                        : id.startsWith("begin") ? "begin-cmu-dog" : CHECK_ONLY;
                rows.add(new Row(
                        source,
                        row.path("model").asText(),
                        row.get("label").asInt() == 0,
                        groundedness.features(
                                row.get("response").asText(),
                                row.get("context").asText(),
                                row.get("prompt").asText())));
            }
        }
        return rows;
    }

    /**
     * Fits all weights but two: that a number or a name without support counts against a response is given, since in
     * the dialogues other features outweigh it.
     */
    private static DenseTrainer.Fit fit(List<Row> rows, Predicate<Row> used) {
        List<Row> chosen = rows.stream().filter(used).toList();
        boolean[] supported = new boolean[chosen.size()];
        int count = 0;
        for (int i = 0; i < supported.length; i++) {
            supported[i] = chosen.get(i).supported();
            count += supported[i] ? 1 : 0;
        }
        double[] weights = new double[supported.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.5 * weights.length / (supported[i] ? count : weights.length - count);
        }
        double[] given = new double[supported.length];
        List<double[]> free = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            double[] features = chosen.get(i).features().clone();
            for (int k = 0; k < features.length; k++) {
                given[i] += GIVEN[k] * features[k];
                features[k] = GIVEN[k] == 0 ? features[k] : 0;
            }
            free.add(features);
        }
        DenseTrainer.Fit fit = DenseTrainer.fit(free, supported, weights, PENALTY, given);
        double[] all = fit.weights().clone();
        for (int k = 0; k < all.length; k++) {
            all[k] = GIVEN[k] == 0 ? all[k] : GIVEN[k];
        }
        return new DenseTrainer.Fit(all, fit.bias());
    }

    /** In figures and KPIs the finding is the unsupported response. */
    private static Figures figures(String name, List<double[]> scored) {
        double[] scores = scored.stream().mapToDouble(row -> -row[0]).toArray();
        boolean[] unsupported = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            unsupported[i] = scored.get(i)[1] == 0;
        }
        return Figures.of(name, scores, unsupported, Math.nextUp(0.0));
    }

    private static TrainedModel describe(
            GroundednessModel model, List<Row> rows, List<List<double[]>> scored, List<Figures> figures) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Row row : rows) {
            if (row.source().equals(CHECK_ONLY)) {
                continue;
            }
            int[] count = counts.computeIfAbsent(row.source(), name -> new int[2]);
            count[0]++;
            count[1] += row.supported() ? 0 : 1;
        }
        List<double[]> dialogue = new ArrayList<>(scored.get(0));
        dialogue.addAll(scored.get(1));
        Figures pooled = figures("dialogue", dialogue);
        return new TrainedModel(
                "groundedness",
                model.name(),
                "the response says something that the context does not support (label false)",
                counts.entrySet().stream()
                        .map(entry -> new SourceCount(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                        .toList(),
                figures,
                model.threshold(),
                known(pooled.recall()),
                pooled.findings(),
                known(pooled.falseAlarmRate()),
                pooled.texts() - pooled.findings(),
                null,
                CAVEATS);
    }

    private static double known(@org.jspecify.annotations.Nullable Double figure) {
        if (figure == null) {
            throw new IllegalStateException("both classes must be there");
        }
        return figure;
    }
}
