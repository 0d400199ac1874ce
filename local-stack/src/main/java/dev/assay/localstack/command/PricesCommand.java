package dev.assay.localstack.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows what a list of prices changes, and makes it the catalogue: {@code ./assay prices import FILE [--apply]}. */
final class PricesCommand {
    private static final String IMPORTS = "/v1/prices/catalogues/imports";
    private static final String USAGE = "Say what to do: ./assay prices import FILE.";
    private static final Set<String> WITH_VALUE = Set.of("--version", "--source", "--effective-from");
    private static final int MOST_SHOWN = 20;

    private final ServiceApi cost;
    private final PrintStream out;
    private final LocalDate today;

    /** @param today names the version where none is given */
    PricesCommand(ServiceApi cost, PrintStream out, LocalDate today) {
        this.cost = cost;
        this.out = out;
        this.today = today;
    }

    int run(List<String> arguments) throws IOException, CommandFailure {
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (WITH_VALUE.contains(argument)) {
                if (i + 1 == arguments.size()) {
                    throw new CommandFailure(argument + " wants a value: see ./assay prices --help.");
                }
                options.put(argument, arguments.get(++i));
            } else if (argument.equals("--apply")) {
                options.put(argument, "");
            } else if (argument.startsWith("-")) {
                throw new CommandFailure("prices knows no option " + argument + ": see ./assay prices --help.");
            } else {
                words.add(argument);
            }
        }
        if (words.size() != 2 || !words.get(0).equals("import")) {
            throw new CommandFailure(USAGE);
        }
        importList(Path.of(words.get(1)), options);
        return 0;
    }

    private void importList(Path file, Map<String, String> options) throws IOException, CommandFailure {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("There is no file " + file + ".");
        }
        String path = IMPORTS
                + "?version=" + ServiceApi.encoded(options.getOrDefault("--version", today.toString()))
                + "&source="
                + ServiceApi.encoded(
                        options.getOrDefault("--source", file.getFileName().toString()));
        String from = options.get("--effective-from");
        JsonNode preview = cost.send(
                "POST",
                from == null ? path : path + "&effective_from=" + ServiceApi.encoded(from),
                Files.readString(file));
        show(preview);
        if (options.containsKey("--apply")) {
            JsonNode applied =
                    cost.send("POST", IMPORTS + "/" + preview.path("id").asText() + "/apply", "");
            out.println("Applied: version " + applied.path("version").asText() + " holds from "
                    + applied.path("effective_from").asText() + ".");
        } else {
            out.println("Nothing is changed: --apply makes it the catalogue.");
        }
    }

    private void show(JsonNode preview) {
        out.println("Of " + preview.path("models").asInt() + " models, beside version "
                + preview.path("base_version").asText() + ": " + count(preview, "added") + " added, "
                + count(preview, "removed") + " removed, " + count(preview, "changed") + " changed.");
        lines(preview, "added", model -> "+ " + model.asText());
        lines(preview, "removed", model -> "- " + model.asText());
        lines(preview, "changed", PricesCommand::change);
        if (!preview.path("unknown_rates").isEmpty()) {
            List<String> names = new ArrayList<>();
            preview.path("unknown_rates").forEach(name -> names.add(name.asText()));
            out.println("Rates that no call is priced by: " + String.join(", ", names));
        }
    }

    private static int count(JsonNode preview, String kind) {
        return preview.path(kind + "_count").asInt();
    }

    private interface Line {
        String of(JsonNode item);
    }

    private void lines(JsonNode preview, String kind, Line line) {
        int shown = 0;
        Iterator<JsonNode> items = preview.path(kind).iterator();
        for (; items.hasNext() && shown < MOST_SHOWN; shown++) {
            out.println(line.of(items.next()));
        }
        if (shown < count(preview, kind)) {
            out.println("  ... and " + (count(preview, kind) - shown) + " more " + kind);
        }
    }

    private static String change(JsonNode changed) {
        List<String> rates = new ArrayList<>();
        changed.path("rates")
                .properties()
                .forEach(rate ->
                        rates.add(rate.getKey() + " " + shown(rate.getValue().path("before")) + " -> "
                                + shown(rate.getValue().path("after"))));
        return "~ " + changed.path("key").asText() + ": " + String.join(", ", rates);
    }

    private static String shown(JsonNode rate) {
        return rate.isTextual() ? rate.asText() : "none";
    }
}
