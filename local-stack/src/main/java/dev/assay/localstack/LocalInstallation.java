package dev.assay.localstack;

import dev.assay.contracts.Topics;
import dev.assay.localstack.kafka.TopicCreator;
import dev.assay.localstack.postgres.DatabaseRoles;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A whole Assay on one machine, as separate processes on loopback: what {@code ./assay up} watches, and what tests
 * start, break and mend. The programs must be installed in the home ({@link Programs}).
 *
 * <p>Close it to end every process it has started. Nothing is restarted by itself: that is the supervisor's part.
 */
public final class LocalInstallation implements AutoCloseable {
    private static final Duration INFRASTRUCTURE_TIMEOUT = Duration.ofSeconds(90);

    private final InstallationHome home;
    private final Ports ports;
    private final InstallationKeys keys;
    private final JavaRuntime java;
    private final PostgresServer postgresServer;
    private final StackProcess kafka;
    private final StackProcess postgres;
    private final List<ServiceProcess> services = new ArrayList<>();

    private LocalInstallation(InstallationHome home, Ports ports) throws IOException {
        this.home = home;
        this.ports = ports;
        this.keys = InstallationKeys.loadOrGenerate(home.keys());
        this.java = JavaRuntime.newest();
        this.postgresServer = new PostgresServer(
                home.postgres(),
                home.log("postgres"),
                ports.get(Port.POSTGRES),
                keys.password(PostgresServer.ADMIN),
                PostgresServer.Profile.INSTALLATION);
        this.kafka = new StackProcess(new KafkaComponent(home, java, ports), home);
        this.postgres = new StackProcess(new PostgresComponent(home, postgresServer), home);
    }

    /** The installation at this home, with these ports; nothing is started. */
    public static LocalInstallation at(Path home, Ports ports) throws IOException {
        return new LocalInstallation(new InstallationHome(home), ports);
    }

    /** An installation for a test: programs from the build at {@code repository}, a new home, free ports. */
    public static LocalInstallation forTest(Path repository, Path home) throws IOException {
        new Programs(repository, new InstallationHome(home)).install();
        return at(home, Ports.free());
    }

    /** Starts Kafka and PostgreSQL, and creates what is missing of topics, schemas and roles. */
    public void startInfrastructure() throws IOException {
        postgres.start();
        kafka.start();
        kafka.awaitReady(INFRASTRUCTURE_TIMEOUT);
        createTopics();
        postgres.awaitReady(INFRASTRUCTURE_TIMEOUT);
        createRoles();
    }

    /** The first replica, on the installation's own ports; not started. */
    public ServiceProcess service(Service service) {
        return service(service, Map.of());
    }

    /** The first replica, on the installation's own ports, with variables of its own; not started. */
    public ServiceProcess service(Service service, Map<String, String> variables) {
        Map<String, String> environment = environment(service);
        environment.putAll(variables);
        return remember(new ServiceProcess(ServiceComponent.of(home, service, java, ports, environment), home));
    }

    /** A further replica on free ports, with variables of its own; not started. */
    public ServiceProcess replica(Service service, int number, Map<String, String> variables) {
        Map<String, String> environment = environment(service);
        environment.putAll(variables);
        return remember(new ServiceProcess(
                ServiceComponent.replica(home, service, number, java, FreePorts.next(), FreePorts.next(), environment),
                home));
    }

    /** The broker. */
    public StackProcess kafka() {
        return kafka;
    }

    /** The database server. */
    public StackProcess postgres() {
        return postgres;
    }

    /** Kafka's address for clients. */
    public String bootstrap() {
        return "127.0.0.1:" + ports.get(Port.KAFKA);
    }

    /** The JDBC address of the database. */
    public String jdbcUrl() {
        return postgresServer.jdbcUrl(DatabaseRoles.DATABASE);
    }

    /** The installation's secrets. */
    public InstallationKeys keys() {
        return keys;
    }

    /** The installation's ports. */
    public Ports ports() {
        return ports;
    }

    /** Where its state is. */
    public InstallationHome home() {
        return home;
    }

    /** Ends every process: services first, so that they can hand over what they hold. */
    @Override
    public void close() throws IOException {
        for (ServiceProcess service : services) {
            service.requestStop();
        }
        for (ServiceProcess service : services) {
            service.stop();
        }
        kafka.stop();
        postgres.stop();
    }

    /** Creates what is missing of the topics. */
    public void createTopics() {
        new TopicCreator(bootstrap(), Topics.LOCAL_PARTITIONS).createAll();
    }

    /** Creates what is missing of the database, its schemas and roles. */
    public void createRoles() {
        new DatabaseRoles(postgresServer, keys::password).create();
    }

    /** What the services need: the database server and the broker. */
    public List<Component> infrastructure() {
        return List.of(new PostgresComponent(home, postgresServer), new KafkaComponent(home, java, ports));
    }

    /** The first replica of each service. */
    public List<Component> components() {
        return Stream.of(Service.values()).<Component>map(this::component).toList();
    }

    private ServiceComponent component(Service service) {
        return ServiceComponent.of(home, service, java, ports, environment(service));
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> environment =
                new TreeMap<>(new ServiceEnvironment(keys, bootstrap(), ports.get(Port.POSTGRES)).of(service.schema()));
        for (Service other : Service.values()) {
            environment.put("ASSAY_" + other.name() + "_URL", "http://127.0.0.1:" + ports.get(other.port()));
        }
        return environment;
    }

    private ServiceProcess remember(ServiceProcess service) {
        services.add(service);
        return service;
    }
}
