package dev.assay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that rules, triggers and Grafana's dashboards ask Prometheus for. */
final class Metrics {
    static final Path DASHBOARDS = Chart.DIRECTORY.resolve("files/dashboards");

    /** In our expressions every metric has a selector. */
    private static final Pattern NAME = Pattern.compile("([a-z_][a-z0-9_]*)\\{");

    private static final Pattern COUNTER = Pattern.compile("counter\\(\\s*\"(assay\\.[a-z.]+)\"");

    private Metrics() {}

    static Set<String> asked() {
        Set<String> names = new TreeSet<>();
        Rendered rendered = Chart.rendered("keda and monitoring");
        rendered.of("PrometheusRule").forEach(it -> collect(it, "expr", names));
        rendered.of("ScaledObject").forEach(it -> collect(it, "query", names));
        dashboards().forEach(it -> collect(Yaml.read(it), "expr", names));
        names.remove("up"); // Prometheus' own
        return names;
    }

    static Stream<Path> dashboards() {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, String field, Set<String> names) {
        for (JsonNode expression : node.findValues(field)) {
            Matcher name = NAME.matcher(expression.asText());
            while (name.find()) {
                names.add(name.group(1));
            }
        }
    }

    /** The counters that the services' code has, by their names in Prometheus. They appear when they first count. */
    static Set<String> counters() {
        Set<String> names = new TreeSet<>();
        for (String module :
                new String[] {"platform", "ingest-service", "quality-service", "cost-service", "alert-service"}) {
            try (Stream<Path> files = Files.walk(Yaml.ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Yaml::text)
                        .forEach(code -> {
                            Matcher counter = COUNTER.matcher(code);
                            while (counter.find()) {
                                names.add(counter.group(1).replace('.', '_') + "_total");
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }
}
