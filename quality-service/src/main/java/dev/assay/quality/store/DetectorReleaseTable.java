package dev.assay.quality.store;

import dev.assay.quality.app.DetectorReleases;
import dev.assay.quality.domain.detect.Detectors;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The number under which the running detectors' versions stand beside each score. */
@ApplicationScoped
class DetectorReleaseTable implements DetectorReleases {
    private final Pool pool;
    private final String[] versions;
    private volatile @Nullable Short known;

    DetectorReleaseTable(Pool pool, Detectors detectors) {
        this.pool = pool;
        this.versions = detectors.versions().toArray(String[]::new);
    }

    @Override
    public Uni<Short> current() {
        Short release = known;
        if (release != null) {
            return Uni.createFrom().item(release);
        }
        return pool.preparedQuery("insert into detector_release (evaluators) values ($1) on conflict do nothing")
                .execute(versions())
                .chain(() -> pool.preparedQuery("select release from detector_release where evaluators = $1")
                        .execute(versions()))
                .map(rows -> rows.iterator().next().getShort(0))
                .invoke(number -> known = number);
    }

    private Tuple versions() {
        return Tuple.tuple().addArrayOfString(versions);
    }
}
