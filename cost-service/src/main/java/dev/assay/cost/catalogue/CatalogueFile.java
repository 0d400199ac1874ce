package dev.assay.cost.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.pricing.PriceCatalogue;
import dev.assay.cost.domain.pricing.PriceRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The catalogue's file format: JSON lines in UTF-8, a {@link CatalogueHeader} first, then one row per model sorted by key,
 * rates sorted by name and written as exact decimal text. Equal catalogues are equal bytes, so a diff shows what changed.
 */
public final class CatalogueFile {
    /** The format's name and version. */
    public static final String FORMAT = "assay-prices/1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CatalogueFile() {}

    /** The file's text. */
    public static String write(CatalogueHeader header, List<PriceRow> rows) {
        StringBuilder text = new StringBuilder(1 << 20);
        appendLine(text, JSON.valueToTree(header));
        rows.stream().sorted(Comparator.comparing(PriceRow::key)).forEach(row -> appendLine(text, toJson(row)));
        return text.toString();
    }

    /** The header alone. */
    public static CatalogueHeader readHeader(String text) {
        int end = text.indexOf('\n');
        try {
            CatalogueHeader header = JSON.readValue(end < 0 ? text : text.substring(0, end), CatalogueHeader.class);
            if (!FORMAT.equals(header.format())) {
                throw new IllegalArgumentException(
                        "not a price catalogue of format " + FORMAT + ": " + header.format());
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the first line is no catalogue header: " + e.getOriginalMessage(), e);
        }
    }

    /** The catalogue that a file's text holds. */
    public static PriceCatalogue read(String text) {
        CatalogueHeader header = readHeader(text);
        List<PriceRow> rows = new ArrayList<>(header.rows());
        text.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> rows.add(readRow(line)));
        if (rows.size() != header.rows()) {
            throw new IllegalArgumentException(
                    "catalogue " + header.version() + " announces " + header.rows() + " rows and has " + rows.size());
        }
        return new PriceCatalogue(header.version(), header.effectiveInstant(), header.currency(), rows);
    }

    private static void appendLine(StringBuilder text, JsonNode node) {
        text.append(node.toString()).append('\n');
    }

    private static ObjectNode toJson(PriceRow row) {
        ObjectNode node = JSON.createObjectNode();
        node.put("key", row.key());
        node.put("provider", row.provider());
        node.put("mode", row.mode());
        if (!row.limits().isEmpty()) {
            ObjectNode limits = node.putObject("limits");
            new TreeMap<>(row.limits()).forEach(limits::put);
        }
        if (!row.rates().isEmpty()) {
            node.set("rates", toJson(row.rates()));
        }
        if (!row.bands().isEmpty()) {
            ArrayNode bands = node.putArray("bands");
            for (PriceRow.Band band : row.bands()) {
                ObjectNode item = bands.addObject();
                item.put("measure", band.measure());
                item.put("from", band.from());
                item.put("to", band.to());
                item.set("rates", toJson(band.rates()));
            }
        }
        if (!row.source().isEmpty()) {
            node.put("source", row.source());
        }
        return node;
    }

    private static ObjectNode toJson(Map<String, BigDecimal> rates) {
        ObjectNode node = JSON.createObjectNode();
        new TreeMap<>(rates).forEach((name, value) -> node.put(name, Decimals.text(value)));
        return node;
    }

    private static PriceRow readRow(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            Map<String, Long> limits = new HashMap<>();
            node.path("limits")
                    .properties()
                    .forEach(e -> limits.put(e.getKey(), e.getValue().asLong()));
            List<PriceRow.Band> bands = new ArrayList<>();
            for (JsonNode band : node.path("bands")) {
                bands.add(new PriceRow.Band(
                        band.path("measure").asText(),
                        band.path("from").asLong(),
                        band.path("to").asLong(),
                        readRates(band.path("rates"))));
            }
            return new PriceRow(
                    node.path("key").asText(),
                    node.path("provider").asText(),
                    node.path("mode").asText(),
                    readRates(node.path("rates")),
                    bands,
                    limits,
                    node.path("source").asText(""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no catalogue row: " + line, e);
        }
    }

    private static Map<String, BigDecimal> readRates(JsonNode node) {
        Map<String, BigDecimal> rates = new HashMap<>();
        node.properties()
                .forEach(e -> rates.put(e.getKey(), new BigDecimal(e.getValue().asText())));
        return rates;
    }
}
