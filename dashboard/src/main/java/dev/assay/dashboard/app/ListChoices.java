package dev.assay.dashboard.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.dashboard.config.DashboardConfig;
import dev.assay.dashboard.domain.Dimension;
import dev.assay.dashboard.domain.Filters;
import dev.assay.dashboard.domain.KpiFamily;
import dev.assay.dashboard.domain.Range;
import dev.assay.dashboard.domain.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what the pickers can offer: the projects that are configured, and the apps and environments that had calls. */
@ApplicationScoped
public class ListChoices {
    private static final Duration LOOK_BACK = Duration.ofDays(30);

    private final ServiceReads services;
    private final PartReader parts;
    private final DashboardConfig config;
    private final InstantSource clock;

    ListChoices(ServiceReads services, PartReader parts, DashboardConfig config, InstantSource clock) {
        this.services = services;
        this.parts = parts;
        this.config = config;
        this.clock = clock;
    }

    public Uni<PageChoices> handle(String project) {
        View view = new View(project, Range.last(LOOK_BACK, clock.instant()), Filters.none());
        return Uni.combine()
                .all()
                .unis(values(Dimension.APP, view), values(Dimension.ENVIRONMENT, view))
                .asTuple()
                .map(found -> new PageChoices(
                        project,
                        projects(project),
                        config.ingestPublicUrl(),
                        names(found.getItem1(), Dimension.APP),
                        names(found.getItem2(), Dimension.ENVIRONMENT)));
    }

    private List<String> projects(String project) {
        Set<String> known = new LinkedHashSet<>();
        known.add(config.bootstrapProject());
        known.addAll(config.projects().orElse(List.of()));
        known.add(project);
        return List.copyOf(known);
    }

    private Uni<Part> values(Dimension dimension, View view) {
        return parts.read("ingest-service", services.kpisBy(KpiFamily.OPERATIONS, dimension, view));
    }

    private static @Nullable List<String> names(Part part, Dimension dimension) {
        if (!part.ok()) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode group : Objects.requireNonNull(part.data()).path("groups")) {
            String name = group.path("by").path(dimension.wireName()).asText("");
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }
}
