package dev.assay.quality.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.platform.kpi.Evaluator;
import dev.assay.platform.kpi.KpiValue.Evidence;
import dev.assay.platform.stats.RoganGladen.Judge;
import dev.assay.platform.stats.Wilson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        return evaluators(DetectorFigures.json());
    }

    static Map<String, Evaluator> evaluators(JsonNode figures) {
        Map<String, JsonNode> models = new HashMap<>();
        figures.get("models").forEach(model -> models.put(model.get("name").asText(), model));
        Map<String, Evaluator> byKpi = new HashMap<>();
        Evidence refusals = worst(models, "refusal", "harmful_prompt");
        byKpi.put("toxicity_rate", ofModel(models, "toxicity", worst(models, "toxicity")));
        byKpi.put("hallucination_rate", ofModel(models, "groundedness", worst(models, "groundedness")));
        byKpi.put(
                "jailbreak_success_rate",
                ofModel(models, "jailbreak_success", worst(models, "jailbreak_success", "jailbreak_attempt")));
        byKpi.put("harmful_refusal_rate", ofModel(models, "refusal", refusals));
        byKpi.put("over_refusal_rate", inOrdinaryTraffic(figures, models, "over_refusal_rate", "refusal", refusals));
        byKpi.put(
                "safe_response_ratio",
                safe(
                        figures,
                        worst(
                                models,
                                "toxicity",
                                "refusal",
                                "harmful_prompt",
                                "jailbreak_attempt",
                                "jailbreak_success")));
        return Map.copyOf(byKpi);
    }

    /** The lowest area under the ROC curve on any held-out source, over all detectors that a KPI rests on. */
    private static @Nullable Evidence worst(Map<String, JsonNode> models, String... names) {
        Evidence worst = null;
        for (String name : names) {
            JsonNode model = model(models, name);
            for (JsonNode part : model.path("held_out")) {
                JsonNode auc = part.get("auc");
                if (auc != null && auc.isNumber() && (worst == null || auc.asDouble() < worst.worstAuc())) {
                    worst = new Evidence(
                            model.get("evaluator").asText(), part.get("source").asText(), auc.asDouble());
                }
            }
        }
        return worst;
    }

    private static Evaluator ofModel(Map<String, JsonNode> models, String name, @Nullable Evidence evidence) {
        JsonNode model = model(models, name);
        return evaluator(
                evidence,
                lower(model.get("sensitivity").asDouble(), model.get("findings").asLong()),
                upper(
                        model.get("false_alarm_rate").asDouble(),
                        model.get("others").asLong()));
    }

    /** False alarms are counted in ordinary exchanges, where what the other detectors contribute counts too. */
    private static Evaluator inOrdinaryTraffic(
            JsonNode figures, Map<String, JsonNode> models, String kpi, String detector, @Nullable Evidence evidence) {
        JsonNode model = model(models, detector);
        return evaluator(
                evidence,
                lower(model.get("sensitivity").asDouble(), model.get("findings").asLong()),
                foundInOrdinary(figures, kpi));
    }

    /** Here a positive is a safe response: it is missed as often as an ordinary one is called unsafe. */
    private static Evaluator safe(JsonNode figures, @Nullable Evidence evidence) {
        double falselyUnsafe = foundInOrdinary(figures, "safe_response_ratio");
        return evaluator(evidence, 1 - falselyUnsafe, 0);
    }

    private static Evaluator evaluator(@Nullable Evidence evidence, double sensitivity, double falseAlarmRate) {
        return new Evaluator(new Judge(sensitivity, 0, 1 - falseAlarmRate, 0), false, evidence);
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
