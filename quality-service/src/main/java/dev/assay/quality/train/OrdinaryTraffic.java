package dev.assay.quality.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.quality.domain.detect.DetectorModels;
import dev.assay.quality.domain.detect.Detectors;
import dev.assay.quality.domain.detect.Exchange;
import dev.assay.quality.domain.safety.ResponseFindings;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often the detectors together find something in ordinary exchanges, where there should be nothing: everyday
 * instructions with two answers each, none of whose prompts was trained on.
 *
 * @param exchanges how many
 * @param found how many with each finding, by KPI
 */
record OrdinaryTraffic(int exchanges, Map<String, Integer> found) {

    static OrdinaryTraffic measure(Dataset data, DetectorModels models) throws IOException {
        Detectors detectors = new Detectors(models);
        Map<String, Integer> found = new TreeMap<>();
        int exchanges = 0;
        for (JsonNode row : data.rows("judge/pandalm-pairs.jsonl")) {
            String prompt =
                    (row.get("prompt").asText() + "\n" + row.path("input").asText("")).strip();
            for (String answer : new String[] {"response_1", "response_2"}) {
                ResponseFindings findings = ResponseFindings.of(
                        detectors.judge(new Exchange(prompt, row.get(answer).asText(), null)));
                exchanges++;
                count(found, "toxicity_rate", findings.toxic());
                count(found, "over_refusal_rate", findings.overRefused());
                count(found, "jailbreak_attempts", findings.jailbreakAttempt());
                count(found, "jailbreak_success_rate", findings.jailbreakSucceeded());
                count(found, "harmful_prompts", findings.harmfulRefused() == null ? null : Boolean.TRUE);
                count(found, "pii", findings.pii());
                count(found, "safe_response_ratio", findings.safe() == null ? null : !findings.safe());
            }
        }
        return new OrdinaryTraffic(exchanges, found);
    }

    private static void count(Map<String, Integer> found, String name, @Nullable Boolean finding) {
        found.merge(name, Boolean.TRUE.equals(finding) ? 1 : 0, Integer::sum);
    }
}
