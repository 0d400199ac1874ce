package dev.assay.localstack;

/** One replica of a service, or the dashboard, with its addresses. */
public final class ServiceProcess extends StackProcess {
    private static final String ADDRESS = "http://127.0.0.1:";

    private final int managementPort;

    ServiceProcess(ServiceComponent component, InstallationHome home) {
        super(component, home);
        this.managementPort = component.managementPort();
    }

    /** Where its API or page is. */
    public String url() {
        return ADDRESS + port();
    }

    /** Where its health, metrics and OpenAPI are. */
    public String managementUrl() {
        return ADDRESS + managementPort;
    }
}
