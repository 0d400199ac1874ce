package dev.assay.quality.train;

import dev.assay.quality.domain.detect.DetectorModels;
import dev.assay.quality.domain.detect.Lexicon;
import dev.assay.quality.domain.detect.LinearModel;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trains all detectors: {@code Train --data DIR --out DIR}. The same data gives the same files, byte for byte, on any JDK:
 * what is not exact by the language is computed by {@link StrictMath}.
 *
 * <p>{@code --data} is the folder with {@code toxicity/}, {@code refusal/}, {@code over-refusal/}, {@code jailbreak/},
 * {@code hallucination/}, {@code bias/} and {@code judge/}; {@code --out} is {@code quality-service/src/main/resources/models}.
 */
public final class Train {
    private Train() {}

    /** Runs the command. */
    public static void main(String[] arguments) throws IOException {
        Path data = null;
        Path out = null;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--data" -> data = Path.of(arguments[i + 1]);
                case "--out" -> out = Path.of(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option: " + arguments[i]);
            }
        }
        if (data == null || out == null || !Files.isDirectory(data)) {
            System.err.println("usage: Train --data DIR --out DIR, where the data folder exists");
            System.exit(2);
            return;
        }
        run(data, out);
    }

    /** Trains from {@code data} and writes models, card and figures to {@code out}. */
    static void run(Path data, Path out) throws IOException {
        Files.createDirectories(out);
        Lexicon lexicon = lexicon();
        Dataset dataset = new Dataset(data, lexicon);
        Recipes recipes = new Recipes(dataset);
        List<TrainedModel> trained = new ArrayList<>();
        Map<String, LinearModel> models = new HashMap<>();
        for (Recipe recipe : List.of(
                recipes.toxicity(),
                recipes.refusal(),
                recipes.jailbreakAttempt(),
                recipes.jailbreakSuccess(),
                recipes.harmfulPrompt())) {
            ModelTrainer.Result result = new ModelTrainer(recipe).train();
            try (DataOutputStream file = open(out, recipe.name())) {
                result.model().write(file);
            }
            models.put(recipe.name(), result.model());
            trained.add(result.figures());
            System.out.println("trained " + result.model().name() + " on "
                    + recipe.samples().size() + " texts");
        }
        GroundednessTrainer.Result result = new GroundednessTrainer(dataset, lexicon).train();
        try (DataOutputStream file = open(out, "groundedness")) {
            result.model().write(file);
        }
        trained.add(result.figures());
        OrdinaryTraffic ordinary = OrdinaryTraffic.measure(
                dataset,
                new DetectorModels(
                        lexicon,
                        Objects.requireNonNull(models.get("toxicity")),
                        Objects.requireNonNull(models.get("refusal")),
                        Objects.requireNonNull(models.get("harmful_prompt")),
                        Objects.requireNonNull(models.get("jailbreak_attempt")),
                        Objects.requireNonNull(models.get("jailbreak_success")),
                        result.model()));
        ModelCard.write(trained, ordinary, out);
        System.out.println("wrote " + out.resolve("MODEL_CARD.md"));
    }

    private static DataOutputStream open(Path out, String name) throws IOException {
        return new DataOutputStream(
                new java.io.BufferedOutputStream(Files.newOutputStream(out.resolve(name + ".model"))));
    }

    private static Lexicon lexicon() throws IOException {
        try (InputStream in = Train.class.getResourceAsStream("/models/lexicon.txt")) {
            if (in == null) {
                throw new IOException("/models/lexicon.txt is missing from the class path");
            }
            return Lexicon.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }
}
