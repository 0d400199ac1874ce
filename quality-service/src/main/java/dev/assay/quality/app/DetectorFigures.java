package dev.assay.quality.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured of the shipped detectors on sources that they were not trained on, as their training wrote it. */
@ApplicationScoped
public class DetectorFigures {
    private final List<Detector> detectors;

    /**
     * One detector.
     *
     * @param threshold a score at or above it makes the label true
     * @param sensitivity share of held-out findings that are found at the threshold
     * @param findings how many findings that was measured on
     * @param falseAlarmRate share of held-out other texts that are flagged at the threshold
     * @param others how many other texts that was measured on
     * @param heldOut source by source
     */
    public record Detector(
            String name,
            String version,
            double threshold,
            double sensitivity,
            long findings,
            double falseAlarmRate,
            long others,
            List<Source> heldOut) {
        public Detector {
            heldOut = List.copyOf(heldOut);
        }

        /** The source with the lowest area under the ROC curve; null if none has both findings and others. */
        public @Nullable Source worst() {
            return heldOut.stream()
                    .filter(it -> it.auc() != null)
                    .min(Comparator.comparing(it -> it.auc() == null ? 1 : it.auc()))
                    .orElse(null);
        }
    }

    /** Figures on one held-out source; null where the texts at hand cannot give one. */
    public record Source(
            String source,
            int texts,
            int findings,
            @Nullable Double auc,
            @Nullable Double precision,
            @Nullable Double recall,
            @Nullable Double falseAlarmRate) {}

    DetectorFigures() {
        this.detectors = detectors(json());
    }

    /** All that were trained, in the order of the model card. */
    public List<Detector> all() {
        return detectors;
    }

    static JsonNode json() {
        try (InputStream in = DetectorFigures.class.getResourceAsStream("/models/figures.json")) {
            if (in == null) {
                throw new FileNotFoundException("models/figures.json is missing from the class path");
            }
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the detectors' figures", e);
        }
    }

    private static List<Detector> detectors(JsonNode figures) {
        List<Detector> detectors = new ArrayList<>();
        for (JsonNode model : figures.get("models")) {
            List<Source> sources = new ArrayList<>();
            model.get("held_out").forEach(part -> sources.add(source(part)));
            detectors.add(new Detector(
                    model.get("name").asText(),
                    model.get("evaluator").asText(),
                    model.get("threshold").asDouble(),
                    model.get("sensitivity").asDouble(),
                    model.get("findings").asLong(),
                    model.get("false_alarm_rate").asDouble(),
                    model.get("others").asLong(),
                    sources));
        }
        return List.copyOf(detectors);
    }

    private static Source source(JsonNode part) {
        return new Source(
                part.get("source").asText(),
                part.get("texts").asInt(),
                part.get("findings").asInt(),
                known(part, "auc"),
                known(part, "precision"),
                known(part, "recall"),
                known(part, "false_alarm_rate"));
    }

    private static @Nullable Double known(JsonNode part, String field) {
        JsonNode value = part.path(field);
        return value.isNumber() ? value.asDouble() : null;
    }
}
