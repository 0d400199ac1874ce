package dev.assay.localstack.kafka;

import dev.assay.contracts.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Makes a broker's topics those of {@link Topics}: creates what is missing, adds partitions, sets the settings. Never
 * removes a topic or a partition; doing it again changes nothing.
 */
public final class TopicCreator {
    private static final short REPLICATION = 1;
    private static final int TIMEOUT_SECONDS = 60;

    private final String bootstrap;
    private final int partitions;

    /** For the broker at {@code bootstrap}, with so many partitions in each topic. */
    public TopicCreator(String bootstrap, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be >= 1, got: " + partitions);
        }
        this.bootstrap = bootstrap;
        this.partitions = partitions;
    }

    /** Creates or completes every topic of the installation, and returns when all have leaders. */
    public void createAll() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            createMissing(admin, present);
            addPartitions(admin, present);
            applySettings(admin, present);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics could not be created at " + bootstrap, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    private void createMissing(Admin admin, Set<String> present)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<NewTopic> missing = Topics.all().stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), partitions, REPLICATION).configs(topic.config()))
                .toList();
        admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void addPartitions(Admin admin, Set<String> present)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> known = declared(present);
        Map<String, TopicDescription> descriptions =
                admin.describeTopics(known).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<String, NewPartitions> increases = new HashMap<>();
        descriptions.forEach((name, description) -> {
            if (description.partitions().size() < partitions) {
                increases.put(name, NewPartitions.increaseTo(partitions));
            }
        });
        admin.createPartitions(increases).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void applySettings(Admin admin, Set<String> present)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topics.Topic topic : Topics.all()) {
            if (present.contains(topic.name())) {
                Collection<AlterConfigOp> settings = new ArrayList<>();
                topic.config()
                        .forEach((key, value) ->
                                settings.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
                changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), settings);
            }
        }
        admin.incrementalAlterConfigs(changes).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static List<String> declared(Set<String> present) {
        return Topics.all().stream()
                .map(Topics.Topic::name)
                .filter(present::contains)
                .toList();
    }
}
