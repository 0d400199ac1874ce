package dev.assay.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.contracts.Topics;
import dev.assay.localstack.kafka.TopicCreator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestStackIT {
    private final TestStack stack = TestStack.shared();

    @Test
    void hasEveryDeclaredTopicWithItsPartitionsAndSettings() throws Exception {
        List<String> names = Topics.all().stream().map(Topics.Topic::name).toList();
        try (Admin admin = admin()) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get();
            assertThat(topics.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(Topics.LOCAL_PARTITIONS));
            ConfigResource projects = new ConfigResource(ConfigResource.Type.TOPIC, Topics.PROJECTS);
            assertThat(admin.describeConfigs(List.of(projects)).all().get().values())
                    .allSatisfy(config -> assertThat(config.get("cleanup.policy"))
                            .extracting(ConfigEntry::value)
                            .isEqualTo("compact"));
        }
    }

    @Test
    void creatingTopicsAgainChangesNothing() throws Exception {
        new TopicCreator(stack.bootstrap(), Topics.LOCAL_PARTITIONS).createAll();
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get()).hasSize(Topics.all().size());
        }
    }

    @Test
    void anOwnerCreatesTablesWhereItsReaderSeesNothingUntilGranted() throws Exception {
        try (Connection owner = connect("cost_owner");
                Connection reader = connect("cost_reader")) {
            execute(owner, "create table visible_when_granted (tenant text)");
            assertRefused(reader, "select * from visible_when_granted");
            execute(owner, "grant select on visible_when_granted to cost_reader");
            execute(reader, "select * from visible_when_granted");
            assertRefused(reader, "insert into visible_when_granted values ('a')");
            execute(owner, "drop table visible_when_granted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest_owner", "ingest_writer", "ingest_reader"})
    void noRoleReachesAnotherSchemaOrThePublicOne(String role) throws Exception {
        try (Connection owner = connect("quality_owner");
                Connection other = connect(role)) {
            execute(owner, "create table if not exists private_to_quality (tenant text)");
            assertRefused(other, "select * from quality.private_to_quality");
            assertRefused(other, "create table quality.intruder (id int)");
            assertRefused(other, "create table public.intruder (id int)");
            assertRefused(other, "create schema intruder");
            assertRefused(other, "set role quality_owner");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert_writer", "alert_reader"})
    void onlyTheOwnerCreatesTables(String role) throws Exception {
        try (Connection connection = connect(role)) {
            assertRefused(connection, "create table alert.intruder (id int)");
            assertRefused(connection, "create temporary table intruder (id int)");
        }
    }

    @Test
    void noRoleOfAServiceIsPrivileged() throws Exception {
        try (Connection connection = connect("ingest_reader");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_roles where rolname ~ '_(owner|writer|reader)$'"
                                + " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void whatWasCommittedOutlivesACrashOfPostgres() throws Exception {
        try (Connection owner = connect("dashboard_owner")) {
            execute(owner, "create table survivor as select 1 as id");
        }
        stack.stopPostgres(true);
        assertThatThrownBy(() -> connect("dashboard_owner")).isInstanceOf(SQLException.class);
        stack.startPostgres();
        try (Connection owner = connect("dashboard_owner")) {
            execute(owner, "drop table survivor");
        }
    }

    @Test
    void aRestartedBrokerTakesRecordsOnTheSamePort() throws Exception {
        stack.stopBroker();
        stack.startBroker();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.bootstrap());
        properties.put("acks", "all");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>(Topics.ALERTS, "key", "value"))
                            .get()
                            .hasOffset())
                    .isTrue();
            producer.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void givesAServiceItsOwnSecretsOnly() {
        assertThat(TestStack.environment("ingest"))
                .containsEntry("ASSAY_KAFKA_BOOTSTRAP", stack.bootstrap())
                .containsEntry("ASSAY_DB_OWNER_USER", "ingest_owner")
                .containsEntry("ASSAY_DB_READER_PASSWORD", stack.password("ingest_reader"))
                .containsKeys("ASSAY_KEY_PEPPER", "ASSAY_BOOTSTRAP_PROJECT", "ASSAY_BOOTSTRAP_KEY")
                .doesNotContainKey("ASSAY_INTERNAL_PRIVATE_KEY");
        assertThat(TestStack.environment("dashboard"))
                .containsKeys("ASSAY_INTERNAL_PRIVATE_KEY", "ASSAY_INTERNAL_PUBLIC_KEY")
                .doesNotContainKeys("ASSAY_KEY_PEPPER", "ASSAY_BOOTSTRAP_KEY");
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.bootstrap()));
    }

    private Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(stack.jdbcUrl(), role, stack.password(role));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(Connection connection, String sql) {
        assertThatThrownBy(() -> execute(connection, sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }
}
