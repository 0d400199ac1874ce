package dev.assay.dashboard.client;

import dev.assay.dashboard.domain.View;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The parameters that all reads of figures share. */
class KpiParams {
    @RestQuery
    String from;

    @RestQuery
    String to;

    @RestQuery
    @Nullable
    String step;

    @RestQuery("group_by")
    @Nullable
    String groupBy;

    @RestQuery
    @Nullable
    String app;

    @RestQuery
    @Nullable
    String environment;

    @RestQuery
    @Nullable
    String model;

    KpiParams(View view) {
        this.from = view.range().from().toString();
        this.to = view.range().to().toString();
        this.app = view.filters().app();
        this.environment = view.filters().environment();
        this.model = view.filters().model();
    }

    KpiParams withStep(String value) {
        this.step = value;
        return this;
    }

    KpiParams groupedBy(String dimension) {
        this.groupBy = dimension;
        return this;
    }
}
