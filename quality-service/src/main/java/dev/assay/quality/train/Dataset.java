package dev.assay.quality.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.quality.domain.detect.Lexicon;
import dev.assay.quality.domain.detect.Ngrams;
import dev.assay.quality.domain.detect.Reading;
import dev.assay.quality.domain.detect.TextPart;
import dev.assay.quality.train.Sample.Features;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads labelled texts: JSON Lines below a data folder, and the project's own phrases from the class path. */
final class Dataset {
    /** Sources of phrases written for this project begin so. */
    static final String PHRASES = "own-";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Reading reading;

    Dataset(Path folder, Lexicon lexicon) {
        this.folder = folder;
        this.reading = new Reading(lexicon);
    }

    /** The rows of {@code folder/file}. */
    List<JsonNode> rows(String file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            if (!line.isBlank()) {
                rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }

    /** A text as the detector that judges {@code what} sees it. */
    Sample sample(String source, String group, boolean positive, String text, TextPart what) {
        List<Features> parts = new ArrayList<>();
        reading.parts(text, what, part -> parts.add(features(part)));
        if (parts.isEmpty()) {
            parts.add(new Features(new int[0], new int[0], 0));
        }
        Features whole = parts.get(0);
        if (what == TextPart.PASSAGES && parts.size() > 1) {
            List<Features> one = new ArrayList<>();
            reading.parts(text, TextPart.HEAD, part -> one.add(features(part)));
            whole = one.get(0);
        }
        return new Sample(source, group, positive, whole, List.copyOf(parts));
    }

    /** The phrases of {@code train/name.txt}, up to {@code perLine} of each line. */
    List<Sample> phrases(String name, boolean positive, int perLine, TextPart what) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String text : Phrasebook.expand(lines("/train/" + name + ".txt"), perLine)) {
            samples.add(sample(PHRASES + name, text, positive, text, what));
        }
        return samples;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Dataset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Features features(Reading.Part part) {
        Ngrams ngrams = part.ngrams();
        return new Features(
                Arrays.copyOf(ngrams.words(), ngrams.wordCount()),
                Arrays.copyOf(ngrams.chars(), ngrams.charCount()),
                part.rules());
    }
}
