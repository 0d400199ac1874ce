package dev.assay.cost.catalogue;

import dev.assay.cost.domain.pricing.PriceRow;
import dev.assay.cost.domain.pricing.RateNames;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a catalogue file from the LiteLLM project's price list: {@code GenerateCatalogue <list.json> <date> <out.jsonl>}.
 * The figures and where they come from are carried over; the same list and date give the same bytes.
 */
public final class GenerateCatalogue {
    private static final String SOURCE =
            "BerriAI/litellm, model_prices_and_context_window.json, state of %s, https://github.com/BerriAI/litellm";
    private static final String LICENCE = "MIT, Copyright (c) 2023 Berri AI; see NOTICE beside this file";

    private GenerateCatalogue() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println(
                    "usage: GenerateCatalogue <litellm price list> <its date, e.g. 2026-08-01> <output file>");
            System.exit(2);
        }
        String text = generate(Files.readString(Path.of(args[0])), LocalDate.parse(args[1]));
        Files.writeString(Path.of(args[2]), text);
        report(text, System.out);
    }

    /** The catalogue file's text for a price list as of a day. */
    static String generate(String priceList, LocalDate asOf) {
        List<PriceRow> rows = LiteLlmPriceList.read(priceList);
        CatalogueHeader header = new CatalogueHeader(
                CatalogueFile.FORMAT,
                asOf.toString(),
                asOf + "T00:00:00Z",
                "USD",
                String.format(SOURCE, asOf),
                LICENCE,
                rows.size());
        return CatalogueFile.write(header, rows);
    }

    private static void report(String text, PrintStream out) {
        var rows = CatalogueFile.read(text).rows();
        Map<RateNames.Handling, Map<String, Integer>> names = new TreeMap<>();
        for (PriceRow row : rows) {
            for (String name : row.rates().keySet()) {
                names.computeIfAbsent(RateNames.handling(name), handling -> new TreeMap<>())
                        .merge(name, 1, Integer::sum);
            }
        }
        out.printf(
                "%d models, %d of them without a price%n",
                rows.size(), rows.stream().filter(row -> !row.hasRates()).count());
        names.forEach((handling, counts) -> out.printf("%s: %s%n", handling, counts));
    }
}
