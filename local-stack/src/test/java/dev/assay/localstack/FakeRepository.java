package dev.assay.localstack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A built repository as far as the command looks at it: the real local-stack, and services that are {@link FakeService}. */
public record FakeRepository(Path root) {

    /** Lays it out below {@code root} from this test's class path. */
    public static FakeRepository create(Path root) throws IOException {
        Path target = root.resolve("local-stack/target");
        Path libraries = Files.createDirectories(target.resolve("lib"));
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(element).toAbsolutePath();
            if (element.endsWith(".jar")) {
                Files.copy(path, libraries.resolve(path.getFileName()));
            } else if (path.endsWith("contracts/target/classes")) {
                jar(path, libraries.resolve("contracts.jar"), null);
            } else if (path.endsWith("target/classes")) {
                jar(path, target.resolve("local-stack-test.jar"), null);
            }
        }
        for (Service service : Service.values()) {
            fakeService(root.resolve(service.module()).resolve("target/quarkus-app"));
        }
        return new FakeRepository(root);
    }

    private static void fakeService(Path application) throws IOException {
        Files.createDirectories(application);
        Path classes = application.resolveSibling("classes");
        String file = FakeService.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(
                classes.resolve(FakeService.class.getPackageName().replace('.', '/')));
        try (InputStream in = Objects.requireNonNull(FakeService.class.getResourceAsStream("/" + file))) {
            Files.copy(in, classes.resolve(file));
        }
        jar(classes, application.resolve("quarkus-run.jar"), FakeService.class.getName());
    }

    private static void jar(Path classes, Path target, @Nullable String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (mainClass != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Path file : files) {
                String name = classes.relativize(file).toString();
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(file, jar);
                    jar.closeEntry();
                }
            }
        }
    }
}
