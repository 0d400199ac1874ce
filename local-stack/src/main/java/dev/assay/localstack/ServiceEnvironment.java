package dev.assay.localstack;

import dev.assay.localstack.postgres.DatabaseRoles;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables that a service of an installation is started with: its database roles, Kafka, and the
 * secrets it may know. The internal private key goes to the dashboard alone, the built-in API key to ingest alone.
 */
final class ServiceEnvironment {
    /** The project that exists from the start. */
    static final String PROJECT = "default";

    private static final String HOST = "127.0.0.1";

    private final InstallationKeys keys;
    private final String bootstrap;
    private final int postgresPort;

    ServiceEnvironment(InstallationKeys keys, String bootstrap, int postgresPort) {
        this.keys = keys;
        this.bootstrap = bootstrap;
        this.postgresPort = postgresPort;
    }

    /** The variables of {@code service}, one of {@link DatabaseRoles#SCHEMAS}. */
    Map<String, String> of(String service) {
        if (!DatabaseRoles.SCHEMAS.contains(service)) {
            throw new IllegalArgumentException("service must be one of " + DatabaseRoles.SCHEMAS + ", got: " + service);
        }
        Map<String, String> environment = new TreeMap<>();
        environment.put("ASSAY_HTTP_HOST", HOST);
        environment.put("ASSAY_DB_HOST", HOST);
        environment.put("ASSAY_DB_PORT", String.valueOf(postgresPort));
        environment.put("ASSAY_DB_NAME", DatabaseRoles.DATABASE);
        for (String kind : DatabaseRoles.KINDS) {
            String role = service + "_" + kind;
            environment.put("ASSAY_DB_" + kind.toUpperCase(Locale.ROOT) + "_USER", role);
            environment.put("ASSAY_DB_" + kind.toUpperCase(Locale.ROOT) + "_PASSWORD", keys.password(role));
        }
        environment.put("ASSAY_INTERNAL_PUBLIC_KEY", keys.internalPublicKey());
        if (service.equals("dashboard")) {
            environment.put("ASSAY_INTERNAL_PRIVATE_KEY", keys.internalPrivateKey());
        } else {
            environment.put("ASSAY_KAFKA_BOOTSTRAP", bootstrap);
            environment.put("ASSAY_KEY_PEPPER", keys.pepper());
            environment.put("ASSAY_BOOTSTRAP_PROJECT", PROJECT);
        }
        if (service.equals("ingest")) {
            environment.put("ASSAY_BOOTSTRAP_KEY", keys.apiKey());
        }
        return environment;
    }
}
