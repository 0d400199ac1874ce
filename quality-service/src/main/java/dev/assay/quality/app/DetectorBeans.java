package dev.assay.quality.app;

import dev.assay.quality.domain.detect.DetectorModels;
import dev.assay.quality.domain.detect.Detectors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the detectors a bean: the models are read once, at start. */
@ApplicationScoped
class DetectorBeans {
    @Produces
    @Singleton
    Detectors detectors() {
        return new Detectors(DetectorModels.load());
    }
}
