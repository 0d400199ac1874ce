package dev.assay.localstack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Runs a regression gate of quality-service where a build can stop on it: {@code ./assay gate list|run}. The exit code is
 * 0 when the change may go out, {@value #NOT_PASSED} when not, {@value #NOT_RUN} when the gate could not be run.
 */
final class GateCommand {
    static final int NOT_PASSED = 1;
    static final int NOT_RUN = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROW = "%-36s  %-24s %-24s %-9s %s%n";
    /** An endpoint is asked case by case, and the service itself stops after ten minutes at the latest. */
    private static final Duration RUN = Duration.ofMinutes(12);

    private static final Duration REPORT = Duration.ofSeconds(60);

    private final ServiceApi quality;
    private final Map<String, String> environment;
    private final PrintStream out;

    GateCommand(ServiceApi quality, Map<String, String> environment, PrintStream out) {
        this.quality = quality;
        this.environment = environment;
        this.out = out;
    }

    int run(List<String> arguments) throws IOException, CommandFailure {
        if (arguments.equals(List.of("list"))) {
            return list();
        }
        if (arguments.size() < 2
                || !arguments.get(0).equals("run")
                || arguments.get(1).startsWith("-")) {
            throw new CommandFailure("Say what to do: ./assay gate list, or ./assay gate run GATE.");
        }
        GateOptions options = GateOptions.of(arguments.subList(2, arguments.size()));
        JsonNode gate = named(arguments.get(1));
        String id = gate.path("id").asText();
        JsonNode run = JSON.readTree(
                quality.text("POST", "/v1/gates/" + ServiceApi.encoded(id) + "/run", request(options), RUN));
        String report = "/v1/gates/" + ServiceApi.encoded(id) + "/runs/"
                + ServiceApi.encoded(run.path("run_id").asText()) + "/report";
        String markdown = quality.text("GET", report, "", REPORT);
        out.println(markdown.strip());
        if (options.markdown() != null) {
            Files.writeString(options.markdown(), markdown);
        }
        if (options.junit() != null) {
            Files.writeString(options.junit(), quality.text("GET", report + "?format=junit", "", REPORT));
        }
        return run.path("passed").asBoolean() ? 0 : NOT_PASSED;
    }

    private int list() throws IOException, CommandFailure {
        JsonNode gates = quality.send("GET", "/v1/gates", "").path("items");
        if (gates.isEmpty()) {
            out.println("There are no gates: POST /v1/gates of quality-service makes one (docs/quality.md).");
            return 0;
        }
        out.printf(ROW, "ID", "NAME", "DATASET", "VERSION", "BASELINE");
        for (JsonNode gate : gates) {
            out.printf(
                    ROW,
                    gate.path("id").asText(),
                    gate.path("name").asText(),
                    gate.path("dataset").asText(),
                    gate.path("dataset_version").asText(),
                    gate.path("baseline_run").isTextual()
                            ? gate.path("baseline_run").asText()
                            : "none");
        }
        return 0;
    }

    private JsonNode named(String gate) throws IOException, CommandFailure {
        List<JsonNode> found = StreamSupport.stream(
                        quality.send("GET", "/v1/gates", "").path("items").spliterator(), false)
                .filter(it -> it.path("id").asText().equals(gate)
                        || it.path("name").asText().equals(gate))
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailure("There is no gate " + gate + ": see ./assay gate list.");
        }
        if (found.size() > 1) {
            throw new CommandFailure("There are " + found.size() + " gates named " + gate + ": name one by its id.");
        }
        return found.get(0);
    }

    private String request(GateOptions options) throws IOException, CommandFailure {
        ObjectNode request = JSON.createObjectNode();
        request.put("label", options.label());
        request.put("baseline", options.baseline());
        if (options.outputs() != null) {
            request.set("outputs", outputs(options.outputs()));
        } else {
            ObjectNode endpoint = request.putObject("endpoint");
            endpoint.put("url", options.endpoint());
            endpoint.put("model", options.model());
            if (options.keyVariable() != null) {
                String key = environment.get(options.keyVariable());
                if (key == null || key.isBlank()) {
                    throw new CommandFailure("The variable " + options.keyVariable() + " is not set.");
                }
                endpoint.put("api_key", key);
            }
            if (options.system() != null) {
                endpoint.put("system", Files.readString(options.system()));
            }
        }
        return request.toString();
    }

    /** A file with an object {@code {"id", "output"}} a line. */
    private static ArrayNode outputs(Path file) throws IOException, CommandFailure {
        ArrayNode outputs = JSON.createArrayNode();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            JsonNode output;
            try {
                output = JSON.readTree(line);
            } catch (JsonProcessingException notJson) {
                throw new CommandFailure(file + ", line " + number + ": not a JSON object.");
            }
            if (!output.path("id").isValueNode() || !output.path("output").isTextual()) {
                throw new CommandFailure(file + ", line " + number + ": wants the fields \"id\" and \"output\".");
            }
            outputs.addObject()
                    .put("id", output.path("id").asText())
                    .put("output", output.path("output").asText());
        }
        if (outputs.isEmpty()) {
            throw new CommandFailure(file + " has no lines.");
        }
        return outputs;
    }
}
