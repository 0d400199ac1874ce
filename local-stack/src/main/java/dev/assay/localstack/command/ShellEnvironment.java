package dev.assay.localstack.command;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.InstallationKeys;
import dev.assay.localstack.Port;
import dev.assay.localstack.Service;
import dev.assay.localstack.Shutdown;
import dev.assay.localstack.supervisor.RunState;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a shell needs to talk to a running installation: {@code ./assay env}. */
final class ShellEnvironment {
    private static final String ADDRESS = "http://127.0.0.1:";

    private final InstallationHome home;

    ShellEnvironment(InstallationHome home) {
        this.home = home;
    }

    int print(PrintStream out) throws IOException, CommandFailure {
        if (!Shutdown.isNeeded(home)) {
            throw new CommandFailure("Assay is not running: start it with ./assay up.");
        }
        variables().forEach((name, value) -> out.println("export " + name + "='" + value + "'"));
        return 0;
    }

    Map<String, String> variables() throws IOException, CommandFailure {
        RunState state = RunState.read(home)
                .orElseThrow(() -> new CommandFailure("Assay is not running: start it with ./assay up."));
        String key = InstallationKeys.loadOrGenerate(home.keys()).apiKey();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("ASSAY_API_KEY", key);
        for (Service service : Service.values()) {
            variables.put("ASSAY_" + service.name() + "_URL", ADDRESS + state.port(service.port()));
            variables.put(
                    "ASSAY_" + service.name() + "_MANAGEMENT_URL", ADDRESS + state.port(service.managementPort()));
        }
        variables.put("ASSAY_KAFKA_BOOTSTRAP", "127.0.0.1:" + state.port(Port.KAFKA));
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", ADDRESS + state.port(Service.INGEST.port()));
        variables.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=" + encoded("Bearer " + key));
        return variables;
    }

    /** As the OpenTelemetry specification wants the values of headers: a space is %20, not +. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
