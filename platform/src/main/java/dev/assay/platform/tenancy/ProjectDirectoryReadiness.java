package dev.assay.platform.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until every project and key is known: before that, good keys would be refused. */
@Readiness
@ApplicationScoped
class ProjectDirectoryReadiness implements HealthCheck {
    private final ProjectDirectory directory;

    ProjectDirectoryReadiness(ProjectDirectory directory) {
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("project directory read to its end")
                .status(directory.isComplete())
                .build();
    }
}
