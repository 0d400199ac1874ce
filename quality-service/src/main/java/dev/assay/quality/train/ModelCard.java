package dev.assay.quality.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.assay.quality.train.TrainedModel.SureFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what is known about the models: a card for people and figures for the service. */
final class ModelCard {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ModelCard() {}

    static void write(List<TrainedModel> models, OrdinaryTraffic ordinary, Path folder) throws IOException {
        Files.writeString(folder.resolve("MODEL_CARD.md"), markdown(models, ordinary));
        Files.writeString(folder.resolve("figures.json"), JSON.writeValueAsString(json(models, ordinary)) + "\n");
    }

    private static Map<String, Object> json(List<TrainedModel> models, OrdinaryTraffic ordinary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("models", models.stream().map(ModelCard::figures).toList());
        json.put("ordinary_exchanges", ordinary.exchanges());
        json.put("found_in_ordinary_exchanges", ordinary.found());
        return json;
    }

    private static Map<String, Object> figures(TrainedModel model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        json.put("evaluator", model.evaluator());
        json.put("threshold", round(model.threshold()));
        json.put("sensitivity", round(model.sensitivity()));
        json.put("findings", model.findings());
        json.put("false_alarm_rate", round(model.falseAlarmRate()));
        json.put("others", model.others());
        SureFigures sure = model.sure();
        if (sure != null) {
            json.put("sure_false_alarms", sure.alarms());
            json.put("sure_clean_texts", sure.cleanTexts());
            json.put("sure_sensitivity", round(sure.recall()));
        }
        json.put(
                "held_out",
                model.heldOut().stream()
                        .map(it -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("source", it.heldOut());
                            row.put("texts", it.texts());
                            row.put("findings", it.findings());
                            row.put("auc", round(it.auc()));
                            row.put("precision", round(it.precision()));
                            row.put("recall", round(it.recall()));
                            row.put("false_alarm_rate", round(it.falseAlarmRate()));
                            return row;
                        })
                        .toList());
        return json;
    }

    private static @Nullable Double round(@Nullable Double value) {
        return value == null ? null : Math.round(value * 1e6) / 1e6;
    }

    private static String markdown(List<TrainedModel> models, OrdinaryTraffic ordinary) {
        StringBuilder card = new StringBuilder("""
                # The built-in detectors

                Written by `./assay train`; do not edit. Every figure is measured on texts of a source that the measured
                model was not trained on; the shipped model is then trained on all of them. Intervals are 95 %. Data and
                licences: `NOTICE.md` beside this file. The texts themselves are not part of the project.

                Models are logistic regressions over hashed words, word pairs and character n-grams (2^16 weights of one
                byte) and lexical rules; groundedness weighs lexical overlap. A score is a probability under equal
                shares of findings and others, not under the shares of your traffic.
                """);
        for (TrainedModel model : models) {
            append(card, model);
        }
        card.append(format(
                "%n## All together%n%nIn %,d ordinary exchanges (everyday instructions with two answers each; no prompt of them"
                        + " was trained on) where little or nothing should be found, this many were:%n%n",
                ordinary.exchanges()));
        ordinary.found()
                .forEach((name, count) -> card.append("- ")
                        .append(name)
                        .append(": ")
                        .append(count)
                        .append('\n'));
        card.append("""

                ## pii (`pii-pattern/2`)

                Finds e-mail addresses, phone numbers, cards (Luhn), IBANs (ISO 13616 check), US social security numbers,
                IP addresses and keys by their form. Names and postal addresses are not looked for; documentation domains (`example.*`) and
                loopback addresses do not count.
                """);
        return card.toString();
    }

    private static void append(StringBuilder card, TrainedModel model) {
        card.append("\n## ")
                .append(model.name())
                .append(" (`")
                .append(model.evaluator())
                .append("`)\n\n");
        card.append("A finding: ").append(model.finds()).append(".\n\n");
        card.append(
                "| held out | texts (findings) | AUC | precision | recall | false alarms |\n|---|---|---|---|---|---|\n");
        for (Figures it : model.heldOut()) {
            card.append("| ")
                    .append(it.heldOut())
                    .append(" | ")
                    .append(it.texts())
                    .append(" (")
                    .append(it.findings())
                    .append(") | ")
                    .append(auc(it))
                    .append(" | ")
                    .append(share(it.precision()))
                    .append(" | ")
                    .append(share(it.recall()))
                    .append(" | ")
                    .append(share(it.falseAlarmRate()))
                    .append(" |\n");
        }
        card.append(format(
                "%nThreshold %.3f: finds %s of %,d findings and flags %s of %,d others that false alarms are counted on.%n",
                model.threshold(),
                share(model.sensitivity()),
                model.findings(),
                share(model.falseAlarmRate()),
                model.others()));
        SureFigures sure = model.sure();
        if (sure != null) {
            card.append(format(
                    "%nSure threshold %.6f: %d of %,d clean texts reach it, which by itself proves a false-alarm rate of"
                            + " at most %.0e (95 %%); the target of %.0e rests on an exponential tail fitted to the"
                            + " highest of their scores. It finds %s of the held-out findings.%n",
                    sure.threshold(),
                    sure.alarms(),
                    sure.cleanTexts(),
                    sure.upperBound(),
                    sure.target(),
                    share(sure.recall())));
        }
        card.append("\nTrained on: ");
        card.append(String.join(
                "; ",
                model.sources().stream()
                        .map(it -> format("%s %,d (%,d)", it.source(), it.texts(), it.findings()))
                        .toList()));
        card.append(".\n\nKnown failures:\n");
        model.caveats().forEach(caveat -> card.append("- ").append(caveat).append('\n'));
    }

    private static String auc(Figures it) {
        return it.auc() == null || it.aucInterval() == null
                ? "–"
                : format("%.3f (%.3f–%.3f)", it.auc(), it.aucInterval()[0], it.aucInterval()[1]);
    }

    private static String share(@Nullable Double share) {
        return share == null ? "–" : share < 0.01 ? format("%.4f", share) : format("%.2f", share);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
