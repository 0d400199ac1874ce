package dev.assay.quality.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.platform.kpi.Evaluator;
import dev.assay.platform.stats.RoganGladen.Judge;
import dev.assay.platform.stats.Wilson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the built-in detectors err, as measured when they were trained: what decides whether a safety rate can be
 * judged.
 *
 * <p>Taken from the bad end of the interval of each measured rate, so that few test texts do not make a detector look
 * better than it was shown to be.
 */
@ApplicationScoped
public class DetectorErrors {
    private final Map<String, Evaluator> byKpi;

    DetectorErrors() {
        this.byKpi = read();
    }

    /** The evaluators of the safety KPIs, by KPI name. */
    public Map<String, Evaluator> byKpi() {
        return byKpi;
    }

    private static Map<String, Evaluator> read() {
        try (InputStream in = DetectorErrors.class.getResourceAsStream("/models/figures.json")) {
            if (in == null) {
                throw new FileNotFoundException("models/figures.json is missing from the class path");
            }
            return evaluators(JsonMapper.builder().build().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the detectors' figures", e);
        }
    }

    static Map<String, Evaluator> evaluators(JsonNode figures) {
        Map<String, JsonNode> models = new HashMap<>();
        figures.get("models").forEach(model -> models.put(model.get("name").asText(), model));
        Map<String, Evaluator> byKpi = new HashMap<>();
        byKpi.put("toxicity_rate", ofModel(models, "toxicity"));
        byKpi.put("hallucination_rate", ofModel(models, "groundedness"));
        byKpi.put("jailbreak_success_rate", ofModel(models, "jailbreak_success"));
        byKpi.put("harmful_refusal_rate", ofModel(models, "refusal"));
        byKpi.put("over_refusal_rate", inOrdinaryTraffic(figures, models, "over_refusal_rate", "refusal"));
        byKpi.put("safe_response_ratio", safe(figures));
        return Map.copyOf(byKpi);
    }

    private static Evaluator ofModel(Map<String, JsonNode> models, String name) {
        JsonNode model = model(models, name);
        return evaluator(
                lower(model.get("sensitivity").asDouble(), model.get("findings").asLong()),
                upper(
                        model.get("false_alarm_rate").asDouble(),
                        model.get("others").asLong()));
    }

    /** False alarms are counted in ordinary exchanges, where what the other detectors contribute counts too. */
    private static Evaluator inOrdinaryTraffic(
            JsonNode figures, Map<String, JsonNode> models, String kpi, String detector) {
        JsonNode model = model(models, detector);
        return evaluator(
                lower(model.get("sensitivity").asDouble(), model.get("findings").asLong()),
                foundInOrdinary(figures, kpi));
    }

    /** Here a positive is a safe response: it is missed as often as an ordinary one is called unsafe. */
    private static Evaluator safe(JsonNode figures) {
        double falselyUnsafe = foundInOrdinary(figures, "safe_response_ratio");
        return evaluator(1 - falselyUnsafe, 0);
    }

    private static Evaluator evaluator(double sensitivity, double falseAlarmRate) {
        return new Evaluator(new Judge(sensitivity, 0, 1 - falseAlarmRate, 0), false);
    }

    private static double foundInOrdinary(JsonNode figures, String kpi) {
        long exchanges = figures.get("ordinary_exchanges").asLong();
        long found = figures.get("found_in_ordinary_exchanges").get(kpi).asLong();
        return upper((double) found / exchanges, exchanges);
    }

    private static JsonNode model(Map<String, JsonNode> models, String name) {
        JsonNode model = models.get(name);
        if (model == null) {
            throw new IllegalArgumentException("models/figures.json has no figures of " + name);
        }
        return model;
    }

    private static double lower(double rate, long n) {
        return Wilson.interval(Math.round(rate * n), n).orElseThrow().low();
    }

    private static double upper(double rate, long n) {
        return Wilson.interval(Math.round(rate * n), n).orElseThrow().high();
    }
}
