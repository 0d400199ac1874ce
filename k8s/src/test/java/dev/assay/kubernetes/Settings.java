package dev.assay.kubernetes;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the services' own configuration files and code say they read. */
final class Settings {
    /** {@code quarkus.shutdown.timeout} of every service. */
    static final int SHUTDOWN_SECONDS = 10;

    private static final Path SHARED =
            Yaml.ROOT.resolve("platform/src/main/resources/META-INF/microprofile-config.properties");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(ASSAY_[A-Z0-9_]+)(:?)");
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"(assay[a-z.-]*)\"\\)");
    private static final Pattern GETTER = Pattern.compile("(?m)^    [\\w.<>]+(?:<[\\w<>]+>)? (\\w+)\\(\\);$");

    private Settings() {}

    /** A service's settings: its own over those that all share. The dashboard shares none. */
    static Properties of(String module) {
        Properties properties = new Properties();
        if (!module.equals("dashboard")) {
            load(properties, Yaml.text(SHARED));
        }
        load(properties, Yaml.text(file(module)));
        return properties;
    }

    /** The {@code ASSAY_} variables that a service reads, and whether it starts without (true: it must have it). */
    static Map<String, Boolean> variables(String module) {
        Map<String, Boolean> variables = new TreeMap<>();
        Properties settings = of(module);
        for (String name : settings.stringPropertyNames()) {
            Matcher reference = REFERENCE.matcher(settings.getProperty(name));
            while (reference.find()) {
                boolean demanded = reference.group(2).isEmpty();
                variables.merge(reference.group(1), demanded, Boolean::logicalOr);
            }
        }
        for (String key : mappedKeys(module)) {
            variables.putIfAbsent(environmentName(key), false);
        }
        return variables;
    }

    /** The environment variable of a configuration key, as MicroProfile Config has it. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private static Set<String> mappedKeys(String module) {
        Set<String> keys = new HashSet<>();
        try (Stream<Path> files = Files.walk(Yaml.ROOT.resolve(module).resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Yaml::text)
                    .forEach(code -> {
                        Matcher mapping = MAPPING.matcher(code);
                        if (mapping.find()) {
                            Matcher getter = GETTER.matcher(code);
                            while (getter.find()) {
                                keys.add(mapping.group(1) + "." + kebab(getter.group(1)));
                            }
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static Path file(String module) {
        return Yaml.ROOT.resolve(module).resolve("src/main/resources/application.properties");
    }

    private static void load(Properties properties, String text) {
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
