package dev.assay.quality.domain.detect;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The models and word lists that the detectors run on, as shipped in the resource folder {@code models/}. */
public record DetectorModels(
        Lexicon lexicon,
        LinearModel toxicity,
        LinearModel refusal,
        LinearModel harmfulPrompt,
        LinearModel jailbreakAttempt,
        LinearModel jailbreakSuccess,
        GroundednessModel groundedness) {

    /** Reads the shipped models. */
    public static DetectorModels load() {
        try {
            return new DetectorModels(
                    readLexicon(),
                    linear("toxicity"),
                    linear("refusal"),
                    linear("harmful_prompt"),
                    linear("jailbreak_attempt"),
                    linear("jailbreak_success"),
                    readGroundedness());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the detectors' models", e);
        }
    }

    private static Lexicon readLexicon() throws IOException {
        try (InputStream in = open("lexicon.txt")) {
            return Lexicon.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    private static LinearModel linear(String name) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(open(name + ".model")))) {
            return LinearModel.read(in);
        }
    }

    private static GroundednessModel readGroundedness() throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(open("groundedness.model")))) {
            return GroundednessModel.read(in);
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = DetectorModels.class.getResourceAsStream("/models/" + file);
        if (in == null) {
            throw new FileNotFoundException("models/" + file + " is missing from the class path");
        }
        return in;
    }
}
