package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** What {@code ./assay up} says when all is ready: where the page is, the key, and two ways to send a call. */
final class Welcome {
    private final InstallationHome home;

    Welcome(InstallationHome home) {
        this.home = home;
    }

    void print(PrintStream out) throws IOException, CommandFailure {
        Map<String, String> variables = new ShellEnvironment(home).variables();
        out.println();
        out.println("Dashboard   " + variables.get("ASSAY_DASHBOARD_URL"));
        out.println("API key     " + variables.get("ASSAY_API_KEY"));
        out.println();
        out.println("Send a call (see it on the dashboard within seconds):");
        out.println();
        out.println("curl -sS " + variables.get("ASSAY_INGEST_URL") + "/v1/calls \\");
        out.println("  -H 'Authorization: Bearer " + variables.get("ASSAY_API_KEY") + "' \\");
        out.println("  -H 'Content-Type: application/json' \\");
        out.println("  -d '{\"start_time\":\"'$(date -u +%FT%TZ)'\",\"duration_ms\":840,\"provider\":\"openai\","
                + "\"response_model\":\"gpt-4o-mini\",\"app\":\"hello\",\"input_tokens\":1200,\"output_tokens\":180}'");
        out.println();
        out.println("Or point what already emits OpenTelemetry at it:");
        out.println();
        for (String name : new String[] {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS"}) {
            out.println("export " + name + "='" + variables.get(name) + "'");
        }
        out.println();
        out.println("./assay demo fills a project with recorded traffic; ./assay status, logs, env and down do what"
                + " they say.");
    }
}
