package dev.assay.dashboard.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.dashboard.domain.Dimension;
import dev.assay.dashboard.domain.Filters;
import dev.assay.dashboard.domain.KpiFamily;
import dev.assay.dashboard.domain.Range;
import dev.assay.dashboard.domain.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks every service at once for its part of the page; a part that fails leaves the others as they are. */
@ApplicationScoped
public class AssembleOverview {
    private static final int COST_DAYS = 30;
    private static final Duration RECENT = Duration.ofMinutes(15);

    private final ServiceReads services;
    private final PartReader parts;
    private final InstantSource clock;

    AssembleOverview(ServiceReads services, PartReader parts, InstantSource clock) {
        this.services = services;
        this.parts = parts;
        this.clock = clock;
    }

    public Uni<Overview> handle(View view) {
        Map<String, Uni<Part>> asked = new LinkedHashMap<>();
        for (KpiFamily family : KpiFamily.values()) {
            asked.put(family.wireName(), parts.read(family.service(), services.kpis(family, view)));
        }
        asked.put("recent", parts.read("ingest-service", services.kpis(KpiFamily.OPERATIONS, recent(view))));
        asked.put("cost_summary", parts.read("cost-service", services.costSummary(view, COST_DAYS)));
        asked.put("issues", parts.read("quality-service", services.issues(view)));
        asked.put("model_operations", byModel(KpiFamily.OPERATIONS, view));
        asked.put("model_cost", byModel(KpiFamily.COST, view));
        asked.put("alerts", parts.read("alert-service", services.alerts(view)));
        asked.put("status", parts.read("ingest-service", services.status(view)));
        return together(asked).map(answered -> overview(view, answered));
    }

    /** One family's figures split by a dimension, for the details of a figure. */
    public Uni<Breakdown> breakdown(KpiFamily family, Dimension dimension, View view) {
        Uni<JsonNode> answer = services.kpisBy(family, dimension, view);
        return parts.read(family.service(), answer)
                .map(part -> new Breakdown(
                        view.range().from(), view.range().to(), family.wireName(), dimension.wireName(), part));
    }

    /** The last minutes of the whole project, to tell how old its newest call is. */
    private View recent(View view) {
        return new View(view.project(), Range.last(RECENT, clock.instant()), Filters.none());
    }

    private Uni<Part> byModel(KpiFamily family, View view) {
        return parts.read(family.service(), services.kpisBy(family, Dimension.MODEL, view));
    }

    private static Uni<Map<String, Part>> together(Map<String, Uni<Part>> asked) {
        return Uni.join().all(asked.values().stream().toList()).andFailFast().map(answers -> {
            Map<String, Part> named = new LinkedHashMap<>();
            int index = 0;
            for (String name : asked.keySet()) {
                named.put(name, answers.get(index++));
            }
            return named;
        });
    }

    private Overview overview(View view, Map<String, Part> answered) {
        return new Overview(
                view.project(),
                view.range().from(),
                view.range().to(),
                view.range().step(),
                view.filters(),
                clock.instant(),
                answered);
    }
}
