package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** Feeds recorded traffic into a running installation: {@code ./assay demo}. */
final class DemoCommand {
    private final InstallationHome home;

    DemoCommand(InstallationHome home) {
        this.home = home;
    }

    int run(PrintStream out) throws IOException, CommandFailure {
        Map<String, String> variables = new ShellEnvironment(home).variables();
        Demo.run(
                variables.getOrDefault("ASSAY_INGEST_URL", ""),
                variables.getOrDefault("ASSAY_API_KEY", ""),
                home.root().resolve("demo.key"),
                out,
                System.console() != null);
        out.println("  See it: " + variables.get("ASSAY_DASHBOARD_URL") + "/?project=demo");
        return 0;
    }
}
