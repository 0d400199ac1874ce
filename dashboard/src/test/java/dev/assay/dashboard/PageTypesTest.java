package dev.assay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page's TypeScript is held to its types. The bundler only strips them; the Deno that it brings checks them. Building
 * the application, as a Quarkus test does, is what lays out {@code node_modules}.
 */
@QuarkusTest
@QuarkusTestResource(DoublesResource.class)
class PageTypesTest {
    private static final Path SOURCES = Path.of("src", "main", "resources", "web", "app");
    private static final Path CHECKED = Path.of("target", "types");
    private static final String SETTINGS =
            "{\"nodeModulesDir\":\"manual\",\"unstable\":[\"sloppy-imports\"],\"compilerOptions\":{\"strict\":true,"
                    + "\"lib\":[\"esnext\",\"dom\",\"dom.iterable\"]}}";
    private static final String PACKAGES = "{\"type\":\"module\",\"dependencies\":{\"lit\":\"*\",\"echarts\":\"*\"}}";

    @Test
    void everyModuleTypeChecks() throws IOException, InterruptedException {
        copySources();
        Files.writeString(CHECKED.resolve("deno.json"), SETTINGS);
        Files.writeString(CHECKED.resolve("package.json"), PACKAGES);
        Path modules = CHECKED.resolve("node_modules");
        Files.deleteIfExists(modules);
        Files.createSymbolicLink(modules, Path.of("node_modules").toAbsolutePath());

        Process check = new ProcessBuilder(
                        deno().toAbsolutePath().toString(), "check", "--no-remote", "overview-page.ts")
                .directory(CHECKED.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(check.exitValue()).as(said).isZero();
    }

    private static void copySources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".ts")).toList()) {
                Path copy = CHECKED.resolve(SOURCES.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file));
            }
        }
    }

    private static Path deno() throws IOException {
        try (Stream<Path> platforms = Files.list(Path.of("node_modules", "@deno"))) {
            return platforms
                    .map(platform -> platform.resolve("deno"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
