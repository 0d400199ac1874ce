package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.Ports;
import dev.assay.localstack.Shutdown;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Java part of {@code ./assay}. Arguments: the repository, the home, the command and its options. A failure is one
 * sentence on the error stream and exit code 1.
 */
public final class Main {

    /** Runs one command. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            Path repository = Path.of(arguments[0]);
            InstallationHome home = new InstallationHome(Path.of(arguments[1]));
            String command = arguments[2];
            List<String> words = List.of(arguments).subList(3, arguments.length);
            return switch (command) {
                case "up" -> new Up(repository, home, ports(), System.out).run(Set.copyOf(words));
                case "down" -> down(home);
                case "status" -> new Status(home).print(System.out);
                case "demo" -> new DemoCommand(home).run(System.out);
                case "keys" -> keys(home, words);
                case "dead-letters" -> deadLetters(home, words);
                case "gate" -> gate(home, words);
                case "prices" -> prices(home, words);
                case "env" -> new ShellEnvironment(home).print(System.out);
                default -> throw new CommandFailure("There is no command " + command + ": see ./assay --help.");
            };
        } catch (CommandFailure failure) {
            return fail(failure.sentence());
        } catch (IOException | RuntimeException e) {
            return fail(sentence(e));
        }
    }

    private static int keys(InstallationHome home, List<String> words) throws IOException, CommandFailure {
        Map<String, String> environment = new ShellEnvironment(home).variables();
        String key = environment.getOrDefault("ASSAY_API_KEY", "");
        AdminApi api = new AdminApi(environment.getOrDefault("ASSAY_INGEST_URL", ""), key);
        return new KeysCommand(api, key, System.out, System.err).run(words);
    }

    private static int deadLetters(InstallationHome home, List<String> words) throws IOException, CommandFailure {
        Map<String, String> environment = new ShellEnvironment(home).variables();
        String key = environment.getOrDefault("ASSAY_API_KEY", "");
        List<ServiceApi> services = Stream.of("ingest", "quality", "cost", "alert")
                .map(name -> new ServiceApi(
                        name + "-service",
                        environment.getOrDefault("ASSAY_" + name.toUpperCase(Locale.ROOT) + "_URL", ""),
                        key))
                .toList();
        return new DeadLettersCommand(services, System.out).run(words);
    }

    /** Against the installation that the variables name, so that a build can ask one elsewhere; else this one. */
    private static int gate(InstallationHome home, List<String> words) {
        try {
            Map<String, String> environment = System.getenv();
            String url = environment.get("ASSAY_QUALITY_URL");
            Map<String, String> where =
                    url == null || url.isBlank() ? new ShellEnvironment(home).variables() : environment;
            ServiceApi quality = new ServiceApi(
                    "quality-service",
                    where.getOrDefault("ASSAY_QUALITY_URL", ""),
                    where.getOrDefault("ASSAY_API_KEY", ""));
            return new GateCommand(quality, environment, System.out).run(words);
        } catch (CommandFailure failure) {
            fail(failure.sentence());
            return GateCommand.NOT_RUN;
        } catch (IOException | RuntimeException e) {
            fail(sentence(e));
            return GateCommand.NOT_RUN;
        }
    }

    private static int prices(InstallationHome home, List<String> words) throws IOException, CommandFailure {
        Map<String, String> environment = new ShellEnvironment(home).variables();
        ServiceApi cost = new ServiceApi(
                "cost-service",
                environment.getOrDefault("ASSAY_COST_URL", ""),
                environment.getOrDefault("ASSAY_API_KEY", ""));
        return new PricesCommand(cost, System.out, LocalDate.now(ZoneOffset.UTC)).run(words);
    }

    private static Ports ports() throws CommandFailure {
        try {
            return Ports.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage() + ".");
        }
    }

    private static int down(InstallationHome home) throws IOException {
        PrintStream out = System.out;
        if (!Shutdown.isNeeded(home)) {
            out.println("Assay is not running.");
            return 0;
        }
        out.println("Stopping Assay ...");
        Shutdown.of(home);
        out.println("Assay is stopped; its data stays in " + home.root() + ".");
        return 0;
    }

    private static String sentence(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("no space left on device")) {
            String file = e instanceof FileSystemException fs ? fs.getFile() : "what Assay writes";
            return "The disk is full: there is no room for " + file + "; free some, or set ASSAY_HOME to another disk.";
        }
        return message;
    }

    private static int fail(String sentence) {
        System.err.println("assay: " + sentence);
        return 1;
    }

    private Main() {}
}
