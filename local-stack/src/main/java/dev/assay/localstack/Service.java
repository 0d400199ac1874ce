package dev.assay.localstack;

import java.util.Locale;

/** The services of an installation: their module, ports and heap. */
public enum Service {
    INGEST("ingest-service", Port.INGEST, Port.INGEST_MANAGEMENT, "512m"),
    QUALITY("quality-service", Port.QUALITY, Port.QUALITY_MANAGEMENT, "384m"),
    COST("cost-service", Port.COST, Port.COST_MANAGEMENT, "384m"),
    ALERT("alert-service", Port.ALERT, Port.ALERT_MANAGEMENT, "320m"),
    DASHBOARD("dashboard", Port.DASHBOARD, Port.DASHBOARD_MANAGEMENT, "256m");

    private final String module;
    private final Port port;
    private final Port managementPort;
    private final String heap;

    Service(String module, Port port, Port managementPort, String heap) {
        this.module = module;
        this.port = port;
        this.managementPort = managementPort;
        this.heap = heap;
    }

    /** Its Maven module, which is also the name of its process and its log. */
    public String module() {
        return module;
    }

    /** Its schema, and the stem of its roles. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The port of its API or page. */
    public Port port() {
        return port;
    }

    /** The port of its health, metrics and OpenAPI. */
    public Port managementPort() {
        return managementPort;
    }

    /** Its largest heap, as {@code -Xmx} takes it. */
    String heap() {
        return heap;
    }
}
