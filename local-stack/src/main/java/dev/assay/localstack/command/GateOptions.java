package dev.assay.localstack.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of {@code ./assay gate run}: the answers, or who is asked for them, and where the reports go. */
record GateOptions(
        @Nullable Path outputs,
        @Nullable String endpoint,
        @Nullable String model,
        @Nullable String keyVariable,
        @Nullable Path system,
        String label,
        boolean baseline,
        @Nullable Path markdown,
        @Nullable Path junit) {
    private static final String OUTPUTS = "--outputs";
    private static final String ENDPOINT = "--endpoint";
    private static final String MODEL = "--model";
    private static final String KEY = "--api-key-variable";
    private static final String SYSTEM = "--system";
    private static final Set<String> WITH_VALUE =
            Set.of(OUTPUTS, ENDPOINT, MODEL, KEY, SYSTEM, "--label", "--markdown", "--junit");
    private static final String BASELINE = "--baseline";

    static GateOptions of(List<String> arguments) throws CommandFailure {
        Map<String, String> given = new HashMap<>();
        boolean baseline = false;
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            if (option.equals(BASELINE)) {
                baseline = true;
            } else if (!WITH_VALUE.contains(option)) {
                throw new CommandFailure("gate knows no option " + option + ": see ./assay gate --help.");
            } else if (i + 1 == arguments.size()) {
                throw new CommandFailure(option + " wants a value: see ./assay gate --help.");
            } else {
                given.put(option, arguments.get(++i));
            }
        }
        if (given.containsKey(OUTPUTS) == given.containsKey(ENDPOINT)) {
            throw new CommandFailure("Say where the answers come from: either --outputs FILE or --endpoint URL.");
        }
        if (given.containsKey(ENDPOINT) && !given.containsKey(MODEL)) {
            throw new CommandFailure("--endpoint wants a --model too.");
        }
        for (String option : List.of(MODEL, KEY, SYSTEM)) {
            if (given.containsKey(option) && !given.containsKey(ENDPOINT)) {
                throw new CommandFailure(option + " is for an --endpoint only.");
            }
        }
        return new GateOptions(
                readable(given.get(OUTPUTS)),
                given.get(ENDPOINT),
                given.get(MODEL),
                given.get(KEY),
                readable(given.get(SYSTEM)),
                given.getOrDefault("--label", ""),
                baseline,
                path(given.get("--markdown")),
                path(given.get("--junit")));
    }

    private static @Nullable Path path(@Nullable String name) {
        return name == null ? null : Path.of(name);
    }

    private static @Nullable Path readable(@Nullable String name) throws CommandFailure {
        Path file = path(name);
        if (file != null && !Files.isReadable(file)) {
            throw new CommandFailure("There is no file " + name + " to read.");
        }
        return file;
    }
}
