package dev.assay.cost.app;

import dev.assay.contracts.Topics;
import dev.assay.cost.app.CostMeters.Measured;
import dev.assay.platform.sink.AssignedPartitions;
import dev.assay.platform.sink.Rounds;
import dev.assay.platform.tenancy.Project;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads once a minute what {@link CostMeters} tells; one replica does, so that the others do not repeat its queries. */
@ApplicationScoped
class MeasureCosts {
    private static final Logger LOG = Logger.getLogger(MeasureCosts.class);
    private static final TopicPartition OWNED = new TopicPartition(Topics.CALLS, 0);

    private final AssignedPartitions assigned;
    private final ProjectDirectory projects;
    private final DailySpend spend;
    private final Budgets budgets;
    private final CostMeters meters;

    MeasureCosts(
            AssignedPartitions assigned,
            ProjectDirectory projects,
            DailySpend spend,
            Budgets budgets,
            CostMeters meters) {
        this.assigned = assigned;
        this.projects = projects;
        this.spend = spend;
        this.budgets = budgets;
        this.meters = meters;
    }

    @Scheduled(every = "${assay.cost-meters.every:60s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measureAll() {
        if (!assigned.held().contains(OWNED)) {
            meters.tell(List.of(), 0);
            return Uni.createFrom().voidItem();
        }
        Instant now = Instant.now();
        List<Project> all = new ArrayList<>(projects.projects());
        all.sort(Comparator.comparing(Project::id));
        return Rounds.tolerant(
                LOG,
                "cost meters",
                Multi.createFrom()
                        .iterable(all.subList(0, Math.min(CostMeters.MOST_PROJECTS, all.size())))
                        .onItem()
                        .transformToUniAndConcatenate(project -> measure(project, now))
                        .collect()
                        .asList()
                        .invoke(measured -> tell(measured, all.size()))
                        .replaceWithVoid());
    }

    private void tell(List<Optional<Measured>> measured, int projects) {
        List<Measured> told = measured.stream().flatMap(Optional::stream).toList();
        if (told.size() < measured.size()) {
            LOG.warnf("cost meters: %d projects could not be measured", measured.size() - told.size());
        }
        meters.tell(told, projects);
    }

    /** Empty where it fails: one project must not silence the alerts of the others. */
    private Uni<Optional<Measured>> measure(Project project, Instant now) {
        return spend.read(project.id(), List.of(), Map.of(), ZoneOffset.UTC, now, 1)
                .chain(days -> budgets.list(project.id(), now)
                        .map(standings -> Optional.of(new Measured(
                                project, days.values().iterator().next().today(), standings))))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "cost meters of %s", project.id()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }
}
