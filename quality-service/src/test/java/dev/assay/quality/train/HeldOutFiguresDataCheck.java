package dev.assay.quality.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains on the labelled texts in the folder {@code assay.data} and holds the figures on held-out sources to what the
 * product promises. Part of the build only when that folder is given.
 */
class HeldOutFiguresDataCheck {
    private static final Map<String, JsonNode> MODELS = new HashMap<>();
    private static Path out = Path.of("");

    @BeforeAll
    static void train(@TempDir Path folder) throws Exception {
        out = folder;
        Train.run(Path.of(System.getProperty("assay.data")), out);
        new ObjectMapper()
                .readTree(out.resolve("figures.json").toFile())
                .get("models")
                .forEach(model -> MODELS.put(model.get("name").asText(), model));
    }

    @Test
    void areThoseOfTheShippedModels() throws Exception {
        for (String name : List.of(
                "toxicity.model",
                "refusal.model",
                "jailbreak_attempt.model",
                "jailbreak_success.model",
                "harmful_prompt.model",
                "groundedness.model",
                "figures.json",
                "MODEL_CARD.md")) {
            try (var shipped = Train.class.getResourceAsStream("/models/" + name)) {
                assertThat(shipped).as(name).isNotNull();
                assertThat(Files.readAllBytes(out.resolve(name))).as(name).isEqualTo(shipped.readAllBytes());
            }
        }
    }

    @Test
    void ofToxicityHaveAMedianAucOver82Percent() {
        List<Double> auc = auc("toxicity");
        auc.sort(null);
        assertThat((auc.get(1) + auc.get(2)) / 2).isGreaterThan(0.82);
        assertThat(auc.get(0)).isGreaterThan(0.80);
    }

    @Test
    void ofRefusalBeatAPlainModelOnEveryHalfOfEveryAnsweringModelButTheOneThatHardlyRefuses() {
        for (JsonNode part : heldOut("refusal")) {
            if (part.get("source").asText().contains("half")
                    && part.get("findings").asInt() >= 50) {
                assertThat(part.get("auc").asDouble()).as(part.toString()).isGreaterThan(0.96);
            }
        }
    }

    @Test
    void ofJailbreakAttemptsAreHighOnWildOnes() {
        assertThat(auc("jailbreak_attempt").subList(0, 2)).allMatch(auc -> auc > 0.95);
    }

    @Test
    void ofJailbreakSuccessAreOver97PercentOnEachSource() {
        assertThat(auc("jailbreak_success")).allMatch(auc -> auc > 0.97);
    }

    @Test
    void ofHarmfulPromptsAreHighButOnContrastPairs() {
        assertThat(auc("harmful_prompt").subList(1, 3)).allMatch(auc -> auc > 0.89);
        assertThat(auc("harmful_prompt").get(0)).isGreaterThan(0.70);
    }

    @Test
    void ofGroundednessAreOver92PercentOnDialogue() {
        assertThat(auc("groundedness").get(0)).isGreaterThan(0.92);
    }

    @Test
    void ofGroundednessAreNearlyAsHighOnDialogueAboutFilms() {
        assertThat(auc("groundedness").get(1)).isGreaterThan(0.87);
    }

    private static JsonNode heldOut(String model) {
        return Objects.requireNonNull(MODELS.get(model), model).get("held_out");
    }

    private static List<Double> auc(String model) {
        List<Double> auc = new ArrayList<>();
        heldOut(model).forEach(part -> auc.add(part.get("auc").asDouble()));

        return auc;
    }
}
