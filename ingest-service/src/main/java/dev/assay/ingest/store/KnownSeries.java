package dev.assay.ingest.store;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.ingest.domain.operations.CallDimensions.Admission;
import dev.assay.ingest.domain.operations.SeriesLimit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The series of the projects at work, as far as this process knows them, to hold each project to its limit.
 *
 * <p>Only a memory of the table: when a project is at its limit, the table is looked at again for what other replicas have
 * added. Replicas that add at the same moment may go over the limit by what they add in it.
 */
@ApplicationScoped
public class KnownSeries implements Admission {
    private static final int PROJECTS = 1_000;
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final int limit;

    private final Map<String, Known> projects = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > PROJECTS;
        }
    };

    private static final class Known {
        private final SeriesLimit series;
        private Instant read = Instant.EPOCH;
        private boolean stale = true;

        Known(int limit) {
            series = new SeriesLimit(limit);
        }
    }

    KnownSeries(LedgerConfig config) {
        this.limit = config.seriesLimit();
    }

    /** Reads the series of projects that are not known, or that were at their limit when last asked. */
    public Uni<Void> load(SqlConnection tx, Set<String> tenants) {
        List<String> unread = new ArrayList<>();
        Instant now = Instant.now();
        synchronized (this) {
            for (String tenant : tenants) {
                Known known = projects.computeIfAbsent(tenant, t -> new Known(limit));
                if (known.stale && known.read.plus(REFRESH).isBefore(now)) {
                    unread.add(tenant);
                }
            }
        }
        if (unread.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("select * from series where tenant = any($1)")
                .execute(Tuple.of(unread.toArray(String[]::new)))
                .invoke(rows -> {
                    synchronized (this) {
                        unread.forEach(tenant -> {
                            Known known = projects.computeIfAbsent(tenant, t -> new Known(limit));
                            known.read = now;
                            known.stale = false;
                        });
                        rows.forEach(row -> projects.computeIfAbsent(row.getString("tenant"), t -> new Known(limit))
                                .series
                                .know(List.of(dimensions(row))));
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public synchronized Dimensions admit(String tenant, Dimensions asked) {
        Known known = projects.computeIfAbsent(tenant, t -> new Known(limit));
        if (known.series.knows(asked)) {
            return asked;
        }
        Dimensions admitted = known.series.admit(asked);
        if (!admitted.equals(asked)) {
            known.stale = true;
        }
        return admitted;
    }

    private static Dimensions dimensions(Row row) {
        return Dimensions.newBuilder()
                .setEnvironment(row.getString("environment"))
                .setApp(row.getString("app"))
                .setEndpoint(row.getString("endpoint"))
                .setProvider(row.getString("provider"))
                .setModel(row.getString("model"))
                .setVariant(row.getString("variant"))
                .setPromptVersion(row.getString("prompt_version"))
                .build();
    }
}
