package dev.assay.localstack;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One replica of one service, or the dashboard. */
final class ServiceComponent implements Component {
    private final String name;
    private final int port;
    private final int managementPort;
    private final JvmCommand command;

    private ServiceComponent(String name, int port, int managementPort, JvmCommand command) {
        this.name = name;
        this.port = port;
        this.managementPort = managementPort;
        this.command = command;
    }

    /** The first replica, on the installation's ports. */
    static ServiceComponent of(
            InstallationHome home, Service service, JavaRuntime java, Ports ports, Map<String, String> environment) {
        return replica(
                home, service, 1, java, ports.get(service.port()), ports.get(service.managementPort()), environment);
    }

    /** A replica on ports of its own. */
    static ServiceComponent replica(
            InstallationHome home,
            Service service,
            int number,
            JavaRuntime java,
            int port,
            int managementPort,
            Map<String, String> environment) {
        String name = number == 1 ? service.module() : service.module() + "-" + number;
        Map<String, String> whole = new TreeMap<>(environment);
        whole.put("ASSAY_HTTP_PORT", String.valueOf(port));
        whole.put("ASSAY_MANAGEMENT_PORT", String.valueOf(managementPort));
        whole.put("ASSAY_INSTANCE_ID", "local-" + number);
        List<String> arguments = List.of(
                "-Xmx" + service.heap(),
                "-jar",
                home.programs()
                        .resolve(service.module())
                        .resolve("quarkus-run.jar")
                        .toString());
        return new ServiceComponent(name, port, managementPort, new JvmCommand(home, name, java, arguments, whole));
    }

    int managementPort() {
        return managementPort;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ProcessHandle launch() throws IOException {
        return command.launch();
    }

    @Override
    public Optional<ProcessHandle> find() {
        return command.find();
    }

    @Override
    public boolean isReady() {
        return Probe.isReady(managementPort);
    }

    @Override
    public void requestStop(ProcessHandle process) {
        process.destroy();
    }
}
