package dev.assay.ingest.projects;

import dev.assay.contracts.Topics;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.SinkProducer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Tells every service about projects and keys.
 *
 * <p>A change is published once it is committed; what could not be, every few seconds until it can. All of it goes out anew
 * at start, in case the topic was lost.
 */
@ApplicationScoped
class ProjectPublisher {
    private static final Logger LOG = Logger.getLogger(ProjectPublisher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ProjectStore store;
    private final SinkProducer producer;
    private volatile boolean allPublished;

    ProjectPublisher(ProjectStore store, SinkProducer producer) {
        this.store = store;
        this.producer = producer;
    }

    /** Publishes a project, or leaves it to the next round: the change itself is safe. */
    Uni<Void> publishSoon(String project) {
        return publish(project)
                .onFailure()
                .invoke(failure -> LOG.warnf("project not published yet: %s: %s", project, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "3s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> publishWhatIsLeft() {
        Uni<List<String>> left = allPublished
                ? store.unpublished()
                : store.list()
                        .map(projects -> projects.stream().map(Project::id).toList());
        return left.onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(project -> publish(project).replaceWith(project))
                .collect()
                .asList()
                .invoke(done -> allPublished = true)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("projects not published yet: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> publish(String project) {
        return store.publish(project, this::send);
    }

    private Uni<Void> send(List<ProjectSection> sections) {
        return producer.send(sections.stream().map(ProjectPublisher::record).toList())
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private static Outgoing record(ProjectSection section) {
        String name = section.getSectionCase().name().toLowerCase(Locale.ROOT);
        byte[] key = (section.getTenant() + "/" + name).getBytes(StandardCharsets.UTF_8);
        return Outgoing.of(Topics.PROJECTS, key, section.toByteArray());
    }
}
