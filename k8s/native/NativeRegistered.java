import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks into the sources of native executables: is registered what the services reach by name? Run by .ci/native-sources, from
 * the root of the repository: {@code java k8s/native/NativeRegistered.java cost-service …}.
 *
 * <p>Looked for: every migration and every other resource that the code opens, what is made of every settings interface, and every record of the
 * API packages that a resource method takes or returns. Ends with 1 when something is missing.
 */
public class NativeRegistered {
    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PATTERN = Pattern.compile("\"pattern\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern SETTINGS = Pattern.compile("@ConfigMapping[\\s\\S]*?interface (\\w+)");
    private static final Pattern ANSWER = Pattern.compile("Uni<(?:Page<)?(\\w+)>+ \\w+\\(");

    public static void main(String[] modules) throws IOException {
        int missing = 0;
        for (String module : modules) {
            missing += check(module);
        }
        if (missing > 0) {
            System.exit(1);
        }
    }

    private static int check(String module) throws IOException {
        Path jar;
        try (Stream<Path> files = Files.list(Path.of(module, "target", "native-sources"))) {
            jar = files.filter(it -> it.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
        }
        Set<String> classes = new TreeSet<>();
        List<Pattern> resources = new ArrayList<>();
        try (JarFile archive = new JarFile(jar.toFile())) {
            Matcher name = NAME.matcher(entry(archive, "reflect-config.json"));
            while (name.find()) {
                classes.add(name.group(1));
            }
            Matcher pattern = PATTERN.matcher(entry(archive, "resource-config.json"));
            while (pattern.find()) {
                resources.add(Pattern.compile(pattern.group(1).replace("\\\\", "\\").replace("\\/", "/")));
            }
        }
        List<String> missing = new ArrayList<>();
        Set<String> files = resources(module);
        files.stream()
                .filter(file -> resources.stream().noneMatch(it -> it.matcher(file).matches()))
                .forEach(file -> missing.add("resource " + file));
        Set<String> types = types(module);
        types.stream().filter(it -> !classes.contains(it)).forEach(it -> missing.add("class " + it));
        System.out.printf(
                "%s: %d classes registered; looked for %d resources and %d classes, missing %s%n",
                module, classes.size(), files.size(), types.size(), missing);
        return missing.size();
    }

    private static String entry(JarFile archive, String name) throws IOException {
        return new String(
                archive.getInputStream(archive.getEntry("META-INF/native-image/" + name)).readAllBytes(),
                StandardCharsets.UTF_8);
    }

    private static Set<String> resources(String module) throws IOException {
        Set<String> names = new TreeSet<>();
        List<Path> roots = module.equals("dashboard")
                ? List.of()
                : List.of(Path.of("platform/src/main/resources"), Path.of(module, "src/main/resources"));
        for (Path root : roots) {
            for (String folder : new String[] {"db", "prices", "models"}) {
                if (Files.isDirectory(root.resolve(folder))) {
                    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                        files.filter(Files::isRegularFile)
                                .filter(it -> !it.endsWith("NOTICE"))
                                .forEach(it -> names.add(root.relativize(it).toString()));
                    }
                }
            }
        }
        return names;
    }

    private static Set<String> types(String module) throws IOException {
        Set<String> types = new TreeSet<>();
        Path root = Path.of(module, "src/main/java");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                String folder = root.relativize(file.getParent()).toString().replace('/', '.');
                Matcher settings = SETTINGS.matcher(code);
                if (settings.find()) {
                    // what is loaded by name is the class that Quarkus makes of the interface
                    types.add(folder + "." + settings.group(1) + "$$CMImpl");
                }
                if (folder.endsWith(".api")) {
                    Matcher answer = ANSWER.matcher(code);
                    while (answer.find()) {
                        if (Files.exists(file.resolveSibling(answer.group(1) + ".java"))) {
                            types.add(folder + "." + answer.group(1));
                        }
                    }
                }
            }
        }
        return types;
    }
}
