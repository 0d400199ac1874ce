package dev.assay.ingest.capacity;

import dev.assay.contracts.Topics;
import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.ingest.domain.capacity.CapacityUse;
import dev.assay.ingest.domain.capacity.MinuteLoad;
import dev.assay.platform.sink.AssignedPartitions;
import dev.assay.platform.sink.Rounds;
import dev.assay.platform.tenancy.Project;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Measures every limit's minutes again and again while they may still change. One replica does it: the one that holds the
 * first partition of the events.
 */
@ApplicationScoped
class MeasureCapacity {
    private static final Logger LOG = Logger.getLogger(MeasureCapacity.class);
    private static final TopicPartition OWNED = new TopicPartition(Topics.EVENTS, UtilizationWindows.PARTITION);

    /** A rule pages for no minute older than this, so later changes of it are left as they are. */
    private static final int MINUTES = 15;

    /** After a start also those that nobody measured meanwhile. */
    private static final int MINUTES_AT_FIRST = 120;

    private final AssignedPartitions assigned;
    private final ProjectDirectory projects;
    private final LimitLoads loads;
    private final UtilizationWindows windows;
    private final CapacityMeters meters;
    private boolean measuring;

    MeasureCapacity(
            AssignedPartitions assigned,
            ProjectDirectory projects,
            LimitLoads loads,
            UtilizationWindows windows,
            CapacityMeters meters) {
        this.assigned = assigned;
        this.projects = projects;
        this.loads = loads;
        this.windows = windows;
        this.meters = meters;
    }

    /** One limit of one project with what is used of it. */
    record Measured(String tenant, CapacityLimit limit, CapacityUse use) {}

    @Scheduled(every = "${assay.capacity.every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measureAll() {
        if (!assigned.held().contains(OWNED)) {
            measuring = false;
            meters.tell(List.of());
            return Uni.createFrom().voidItem();
        }
        int minutes = measuring ? MINUTES : MINUTES_AT_FIRST;
        measuring = true;
        Instant now = Instant.now();
        return Rounds.tolerant(
                LOG,
                "capacity",
                Multi.createFrom()
                        .iterable(projects.projects())
                        .onItem()
                        .transformToUniAndConcatenate(project -> measure(project, minutes, now))
                        .collect()
                        .asList()
                        .invoke(measured -> meters.tell(
                                measured.stream().flatMap(List::stream).toList()))
                        .replaceWithVoid());
    }

    private Uni<List<Measured>> measure(Project project, int minutes, Instant now) {
        List<CapacityLimit> limits = LimitLoads.limits(project);
        if (limits.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Map<CapacityLimit, List<MinuteLoad>> byLimit = new LinkedHashMap<>();
        return Multi.createFrom()
                .iterable(limits)
                .onItem()
                .transformToUniAndConcatenate(
                        limit -> loads.last(project.id(), limit, minutes, now).invoke(load -> byLimit.put(limit, load)))
                .collect()
                .asList()
                .chain(all -> windows.write(project.id(), byLimit))
                .map(written -> {
                    List<Measured> measured = new ArrayList<>();
                    byLimit.forEach((limit, load) ->
                            measured.add(new Measured(project.id(), limit, CapacityUse.of(limit, load))));
                    return measured;
                });
    }
}
