package dev.assay.cost.app;

import dev.assay.cost.app.DailySpend.Days;
import dev.assay.cost.domain.anomaly.SeriesAnomalies;
import dev.assay.cost.domain.anomaly.SeriesAnomaly;
import dev.assay.cost.domain.anomaly.SeriesOfParts;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.platform.kpi.Dimension;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the days on which a group's cost was off what its days before let expect, and what explains them. */
@ApplicationScoped
public class FindAnomalies {
    /** The expected share of false ones among a day's anomalies. */
    public static final double LEVEL = 0.05;

    /** Days before the first that is judged. */
    private static final int BASELINE_DAYS = 56;

    private final DailySpend spend;
    private final Vertx vertx;

    FindAnomalies(DailySpend spend, Vertx vertx) {
        this.spend = spend;
        this.vertx = vertx;
    }

    /**
     * What is asked for.
     *
     * @param from the first day, to the day behind the last; days that are not over are left out
     * @param groupBy what makes a series
     * @param explainBy what an anomaly is explained by; not among {@code groupBy}
     */
    public record Question(
            LocalDate from,
            LocalDate to,
            ZoneId zone,
            List<Dimension> groupBy,
            Dimension explainBy,
            Map<Dimension, List<String>> filters) {
        public Question {
            groupBy = List.copyOf(groupBy);
            filters = Map.copyOf(filters);
        }
    }

    /**
     * What was found.
     *
     * @param series how many there are
     * @param judged how many of them have history enough
     */
    public record Answer(int series, long judged, List<SeriesAnomaly<Map<String, String>>> anomalies) {
        public Answer {
            anomalies = List.copyOf(anomalies);
        }
    }

    /** The anomalies, by day. */
    public Uni<Answer> find(String tenant, Question question, Instant now) {
        LocalDate today = now.atZone(question.zone()).toLocalDate();
        LocalDate to = question.to().isBefore(today) ? question.to() : today;
        int days = (int) Math.max(0, ChronoUnit.DAYS.between(question.from(), today)) + BASELINE_DAYS;
        List<Dimension> dimensions = new ArrayList<>(question.groupBy());
        dimensions.add(question.explainBy());
        // a worker judges: there may be thousands of series, each with a baseline of its own a day
        return spend.read(tenant, dimensions, question.filters(), question.zone(), now, days)
                .chain(groups -> vertx.executeBlocking(() -> {
                    List<SeriesOfParts<Map<String, String>>> series =
                            series(groups, question.explainBy().wireName());
                    return new Answer(
                            series.size(),
                            SeriesAnomalies.judgeable(series, question.from(), to),
                            SeriesAnomalies.find(series, question.from(), to, LEVEL));
                }));
    }

    private static List<SeriesOfParts<Map<String, String>>> series(
            Map<Map<String, String>, Days> groups, String explainBy) {
        Map<Map<String, String>, Map<String, DailyCosts>> parts = new LinkedHashMap<>();
        groups.forEach((by, days) -> {
            Map<String, String> key = new LinkedHashMap<>(by);
            String part = key.remove(explainBy);
            // without any call there is one group that names nothing
            parts.computeIfAbsent(key, none -> new HashMap<>()).put(part == null ? "" : part, days.complete());
        });
        return parts.entrySet().stream()
                .map(entry -> new SeriesOfParts<>(entry.getKey(), entry.getValue()))
                .toList();
    }
}
