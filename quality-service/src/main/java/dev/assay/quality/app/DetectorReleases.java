package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;

/** Knows the number under which the running detectors' versions stand beside each score. */
public interface DetectorReleases {
    /** The number; made by the first replica that runs these versions. */
    Uni<Short> current();
}
