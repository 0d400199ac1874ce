package dev.assay.localstack.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up questions and answers that take the place of the one recorded pair. */
final class Texts {
    private final List<Exchange> exchanges;
    private final int totalWeight;

    /** A question and its answer; {@code weight} says how often they are drawn. */
    record Exchange(int weight, String question, String answer) {
        Exchange {
            if ((question + answer).matches(".*[\"\\\\\\t].*")) {
                throw new IllegalArgumentException("a text must not need escapes in JSON, got: " + question);
            }
        }
    }

    private Texts(List<Exchange> exchanges) {
        this.exchanges = List.copyOf(exchanges);
        this.totalWeight = exchanges.stream().mapToInt(Exchange::weight).sum();
    }

    static Texts load() throws IOException {
        try (InputStream in = Texts.class.getResourceAsStream("/demo/texts.tsv")) {
            if (in == null) {
                throw new FileNotFoundException("/demo/texts.tsv");
            }
            List<Exchange> exchanges = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] fields = line.split("\t", 3);
                    exchanges.add(new Exchange(Integer.parseInt(fields[0]), fields[1], fields[2]));
                }
            }
            return new Texts(exchanges);
        }
    }

    Exchange draw(SplittableRandom random) {
        int left = random.nextInt(totalWeight);
        for (Exchange exchange : exchanges) {
            left -= exchange.weight();
            if (left < 0) {
                return exchange;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
