package dev.assay.dashboard.api;

import dev.assay.dashboard.domain.Filters;
import dev.assay.dashboard.domain.Range;
import dev.assay.dashboard.domain.View;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What is looked at, as it stands in an address. */
class ViewParams {
    @RestQuery
    @Nullable
    String from;

    @RestQuery
    @Nullable
    String to;

    @RestQuery
    @Nullable
    String project;

    @RestQuery
    @Nullable
    String app;

    @RestQuery
    @Nullable
    String environment;

    @RestQuery
    @Nullable
    String model;

    View toView(String defaultProject, Instant now) {
        return new View(
                or(project, defaultProject),
                Range.parse(or(from, "now-24h"), or(to, "now"), now),
                new Filters(app, environment, model));
    }

    private static String or(@Nullable String value, String fallback) {
        return value == null || value.isBlank() ? fallback : value;
    }
}
