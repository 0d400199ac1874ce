package dev.assay.cost.domain.anomaly;

import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.platform.stats.BenjaminiHochberg;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Days off the expected over many series. Each day of each series is judged against the days before it; the more series
 * there are, the more are off by chance, so that the share of false ones among those found on a day is controlled
 * (Benjamini and Hochberg, 1995).
 */
public final class SeriesAnomalies {
    private SeriesAnomalies() {}

    private record Judged<K>(
            SeriesOfParts<K> series, int at, DailyCost day, SpendExpectation expected, double pValue) {}

    /**
     * The anomalies of days in {@code [from, to)}, by day, and of a day the least likely first. Series with fewer than
     * {@link DailyCosts#MIN_HISTORY_DAYS} days before a day are not judged on it.
     *
     * @param level the expected share of false ones among a day's anomalies, above 0 and below 1
     */
    public static <K> List<SeriesAnomaly<K>> find(
            List<SeriesOfParts<K>> series, LocalDate from, LocalDate to, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level must be above 0 and below 1, got: " + level);
        }
        Map<LocalDate, List<Judged<K>>> byDay = new TreeMap<>();
        for (SeriesOfParts<K> one : series) {
            judge(one, from, to, byDay);
        }
        List<SeriesAnomaly<K>> found = new ArrayList<>();
        byDay.values().forEach(judged -> found.addAll(discoveries(judged, level)));
        return found;
    }

    /** How many of the series have days enough to be judged on some day of the range. */
    public static <K> long judgeable(List<SeriesOfParts<K>> series, LocalDate from, LocalDate to) {
        return series.stream()
                .filter(one -> {
                    List<DailyCost> history = one.total().history().days();
                    return history.size() > DailyCosts.MIN_HISTORY_DAYS
                            && history.subList(DailyCosts.MIN_HISTORY_DAYS, history.size()).stream()
                                    .anyMatch(day -> isIn(day.date(), from, to));
                })
                .count();
    }

    private static boolean isIn(LocalDate date, LocalDate from, LocalDate to) {
        return !date.isBefore(from) && date.isBefore(to);
    }

    private static <K> void judge(
            SeriesOfParts<K> series, LocalDate from, LocalDate to, Map<LocalDate, List<Judged<K>>> byDay) {
        List<DailyCost> all = series.total().days();
        List<DailyCost> history = series.total().history().days();
        int first = all.size() - history.size();
        for (int i = DailyCosts.MIN_HISTORY_DAYS; i < history.size(); i++) {
            DailyCost day = history.get(i);
            if (isIn(day.date(), from, to)) {
                SpendExpectation expected = SpendExpectation.of(
                        history.subList(Math.max(0, i - SpendExpectation.WINDOW_DAYS), i), day.date());
                byDay.computeIfAbsent(day.date(), date -> new ArrayList<>())
                        .add(new Judged<>(series, first + i, day, expected, expected.pValue(day.cost())));
            }
        }
    }

    private static <K> List<SeriesAnomaly<K>> discoveries(List<Judged<K>> judged, double level) {
        double[] qValues = BenjaminiHochberg.adjust(
                judged.stream().mapToDouble(Judged::pValue).toArray());
        List<SeriesAnomaly<K>> found = new ArrayList<>();
        for (int i = 0; i < qValues.length; i++) {
            if (qValues[i] <= level) {
                Judged<K> one = judged.get(i);
                found.add(new SeriesAnomaly<>(
                        one.series().key(),
                        one.expected().beside(one.day()),
                        one.pValue(),
                        qValues[i],
                        one.series()
                                .contributors(
                                        one.at(),
                                        SpendExpectation.WINDOW_DAYS,
                                        one.expected().money())));
            }
        }
        found.sort(Comparator.comparingDouble((SeriesAnomaly<K> one) -> one.pValue())
                .thenComparing(Comparator.comparingDouble((SeriesAnomaly<K> one) ->
                                one.day().deviation().abs().doubleValue())
                        .reversed()));
        return found;
    }
}
