package dev.assay.alert.app;

import dev.assay.alert.app.ExpiryStore.Candidate;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.incident.Expiry;
import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Ends incidents of which nothing is known any more, and brings them back when something is. */
@ApplicationScoped
public class ExpireIncidents {
    private static final Logger LOG = Logger.getLogger(ExpireIncidents.class);

    private final ExpiryStore store;
    private final long patienceMinutes;

    ExpireIncidents(ExpiryStore store, AlertConfig config) {
        this.store = store;
        this.patienceMinutes = config.expireAfter().toMinutes();
    }

    @Scheduled(every = "${assay.alert.expire-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return store.tenants()
                .chain(tenants -> Multi.createFrom()
                        .iterable(tenants)
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> store.apply(tenant, this::step))
                        .collect()
                        .asList())
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("incidents expire later: %s", failure.toString());
                    return null;
                });
    }

    /** Where no data is an alert, it fires because nothing is known; a rule that is gone ends its incidents itself. */
    private Expiry.Step step(List<Rule> rules, Candidate candidate) {
        boolean keeps = rules.stream()
                .anyMatch(rule -> rule.id().equals(candidate.ruleId()) && rule.noData() == NoDataPolicy.KEEP);
        return keeps
                ? Expiry.of(
                        candidate.expired(),
                        candidate.measured(),
                        candidate.measuredMinute(),
                        candidate.evaluatedMinute(),
                        patienceMinutes)
                : Expiry.Step.NONE;
    }
}
