package dev.assay.ingest.projects;

import dev.assay.ingest.config.IngestConfig;
import dev.assay.platform.tenancy.ApiKey;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenancyConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Makes the built-in project and its key at the first start. */
@ApplicationScoped
class Bootstrap {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProjectStore store;
    private final IngestConfig.Bootstrap config;
    private final String pepper;

    Bootstrap(ProjectStore store, IngestConfig config, TenancyConfig tenancy) {
        this.store = store;
        this.config = config.bootstrap();
        this.pepper = tenancy.pepper();
    }

    void start(@Observes StartupEvent event) {
        String project = config.project();
        if (!ProjectRules.isId(project)) {
            throw new IllegalArgumentException(
                    "assay.ingest.bootstrap.project (ASSAY_BOOTSTRAP_PROJECT) must match [a-z0-9-]{1,40}, got: "
                            + project);
        }
        store.create(project, project, "USD", false)
                .chain(created -> config.key()
                        .map(this::addKey)
                        .orElseGet(() -> Uni.createFrom().item(false)))
                .await()
                .atMost(PATIENCE);
    }

    private Uni<Boolean> addKey(String text) {
        ApiKey key = ApiKey.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "assay.ingest.bootstrap.key (ASSAY_BOOTSTRAP_KEY) must have the form assay_<id>_<secret>"));
        List<String> scopes = Arrays.stream(Scope.values()).map(Scope::wireName).toList();
        return store.addKey(config.project(), key.id(), "bootstrap", key.hmac(pepper), scopes);
    }
}
