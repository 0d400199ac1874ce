package dev.assay.alert.app;

import dev.assay.alert.app.WatchStore.Notice;
import dev.assay.alert.app.WatchStore.Signs;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.SourceTick;
import dev.assay.alert.domain.watch.Finding;
import dev.assay.alert.domain.watch.Progress;
import dev.assay.alert.domain.watch.SelfAlert;
import dev.assay.alert.domain.watch.SelfWatch;
import dev.assay.alert.domain.watch.Vitals;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks at alerting itself, one replica at a time, and tells what is wrong with it. */
@ApplicationScoped
public class WatchOurselves {
    private static final Logger LOG = Logger.getLogger(WatchOurselves.class);

    private final WatchStore store;
    private final EvaluationStore evaluations;
    private final ProjectDirectory directory;
    private final Duration every;
    private final Set<String> unwatched;
    private final Map<Finding.Kind, AtomicLong> firing = new EnumMap<>(Finding.Kind.class);

    WatchOurselves(
            WatchStore store,
            EvaluationStore evaluations,
            ProjectDirectory directory,
            MeterRegistry meters,
            AlertConfig config) {
        this.store = store;
        this.evaluations = evaluations;
        this.directory = directory;
        this.every = config.watchEvery();
        this.unwatched = config.unwatchedServices().orElse(Set.of());
        for (Finding.Kind kind : Finding.Kind.values()) {
            AtomicLong count = new AtomicLong();
            firing.put(kind, count);
            meters.gauge("assay.alert.self.alerts", Tags.of("kind", kind.wireName()), count);
        }
    }

    /** Looks if it is time and nobody else does. */
    @Scheduled(every = "${assay.alert.watch-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> watch() {
        if (!directory.isComplete()) { // whether a project's data is generated is not known yet
            return Uni.createFrom().voidItem();
        }
        return Uni.combine()
                .all()
                .unis(evaluations.ticks(), evaluations.projects())
                .asTuple()
                .chain(read -> store.inTurn(every, look -> look(look, read.getItem1(), read.getItem2())))
                .chain(turn -> store.firing())
                .invoke(counts -> firing.forEach((kind, count) -> count.set(counts.getOrDefault(kind, 0L))))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("nobody looks at alerting itself for now: %s", failure.toString());
                    return null;
                });
    }

    private Uni<Void> look(WatchStore.Look look, List<SourceTick> ticks, List<EvaluationStore.Project> projects) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS); // kept as it is: an alert's name is made of it
        Clocks clocks = new Clocks(ticks);
        Map<String, Progress> pipeline = Progress.byService(ticks.stream()
                .filter(tick -> !unwatched.contains(tick.service()))
                .toList());
        Map<String, String> marks = new HashMap<>();
        projects.forEach(project -> marks.put(project.tenant(), project.mark()));
        return look.signs()
                .chain(signs -> Multi.createFrom()
                        .iterable(tenants(signs))
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> {
                            Vitals vitals = vitals(tenant, signs, pipeline, clocks, marks.get(tenant));
                            List<SelfAlert> before = signs.standing().getOrDefault(tenant, List.of());
                            SelfWatch.Step step = SelfWatch.step(before, vitals.findings(now), now);
                            return Set.copyOf(step.standing()).equals(Set.copyOf(before))
                                    ? Uni.createFrom().voidItem()
                                    : look.save(tenant, step.standing(), notices(tenant, step, now));
                        })
                        .collect()
                        .asList()
                        .replaceWithVoid());
    }

    private static Set<String> tenants(Signs signs) {
        Set<String> tenants = new TreeSet<>(signs.evaluated().keySet());
        tenants.addAll(signs.failed().keySet());
        tenants.addAll(signs.late().keySet());
        tenants.addAll(signs.standing().keySet());
        return tenants;
    }

    private static Vitals vitals(
            String tenant, Signs signs, Map<String, Progress> pipeline, Clocks clocks, @Nullable String mark) {
        boolean watched = signs.evaluated().containsKey(tenant);
        return new Vitals(
                watched ? pipeline : Map.of(),
                mark != null && !mark.equals(clocks.mark(tenant)),
                signs.evaluated().getOrDefault(tenant, Optional.empty()).orElse(null),
                signs.failed().getOrDefault(tenant, Map.of()),
                signs.late().getOrDefault(tenant, Map.of()));
    }

    /** Each is an incident like any other; of a project whose data is generated nobody is told. */
    private List<Notice> notices(String tenant, SelfWatch.Step step, Instant now) {
        boolean told = !directory.project(tenant).generated();
        return step.news().stream()
                .map(news -> new Notice(
                        news.alert(),
                        news.firing(),
                        now,
                        SelfAlertText.rule(news.alert()),
                        SelfAlertText.ruleId(news.alert()),
                        SelfAlertText.severity(news.alert()),
                        told ? SelfAlertText.notification(tenant, news, now) : null,
                        news.alert().finding().kind().isBlindness()
                                ? ""
                                : news.alert().finding().subject()))
                .toList();
    }
}
