package dev.assay.localstack;

/** The loopback ports of an installation: what each is for, and the variable that moves it. */
public enum Port {
    INGEST("ingest-service", "ASSAY_INGEST_PORT", 4318),
    INGEST_MANAGEMENT("ingest-service's management", "ASSAY_INGEST_MANAGEMENT_PORT", 9318),
    QUALITY("quality-service", "ASSAY_QUALITY_PORT", 8082),
    QUALITY_MANAGEMENT("quality-service's management", "ASSAY_QUALITY_MANAGEMENT_PORT", 9082),
    COST("cost-service", "ASSAY_COST_PORT", 8083),
    COST_MANAGEMENT("cost-service's management", "ASSAY_COST_MANAGEMENT_PORT", 9083),
    ALERT("alert-service", "ASSAY_ALERT_PORT", 8084),
    ALERT_MANAGEMENT("alert-service's management", "ASSAY_ALERT_MANAGEMENT_PORT", 9084),
    DASHBOARD("dashboard", "ASSAY_DASHBOARD_PORT", 8080),
    DASHBOARD_MANAGEMENT("dashboard's management", "ASSAY_DASHBOARD_MANAGEMENT_PORT", 9080),
    KAFKA("kafka", "ASSAY_KAFKA_PORT", 9092),
    KAFKA_CONTROLLER("kafka's controller", "ASSAY_KAFKA_CONTROLLER_PORT", 9093),
    POSTGRES("postgres", "ASSAY_POSTGRES_PORT", 5433);

    private final String owner;
    private final String variable;
    private final int standard;

    Port(String owner, String variable, int standard) {
        this.owner = owner;
        this.variable = variable;
        this.standard = standard;
    }

    /** What listens on it, for people. */
    public String owner() {
        return owner;
    }

    /** The environment variable that moves it. */
    public String variable() {
        return variable;
    }

    /** Where it is when nobody moved it. */
    public int standard() {
        return standard;
    }
}
