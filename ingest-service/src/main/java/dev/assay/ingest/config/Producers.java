package dev.assay.ingest.config;

import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.json.JsonValues;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what the domain asks for by interface. */
class Producers {
    @Produces
    @Singleton
    JsonText jsonText() {
        return new JsonValues();
    }

    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }
}
