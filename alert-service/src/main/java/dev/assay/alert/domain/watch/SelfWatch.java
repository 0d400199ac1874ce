package dev.assay.alert.domain.watch;

import dev.assay.alert.domain.watch.Finding.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows findings from look to look: when one becomes an alert, and when that is over. */
public final class SelfWatch {
    private SelfWatch() {}

    /** Something to tell: an alert that fires now, or one that fired and is over. */
    public record News(SelfAlert alert, boolean firing) {}

    /**
     * What a look leads to.
     *
     * @param standing every finding that stands, firing or not yet
     * @param news what people are told
     */
    public record Step(List<SelfAlert> standing, List<News> news) {
        public Step {
            standing = List.copyOf(standing);
            news = List.copyOf(news);
        }
    }

    /**
     * The step from what stood {@code before} to what is {@code found} now. Of findings with one key the first counts.
     * The same look again brings no news.
     */
    public static Step step(List<SelfAlert> before, List<Finding> found, Instant now) {
        Map<Key, SelfAlert> stood = new LinkedHashMap<>();
        before.forEach(alert -> stood.put(alert.finding().key(), alert));
        Map<Key, SelfAlert> standing = new LinkedHashMap<>();
        List<News> news = new ArrayList<>();
        for (Finding finding : found) {
            if (standing.containsKey(finding.key())) {
                continue;
            }
            SelfAlert alert = look(stood.remove(finding.key()), finding, now, news);
            standing.put(finding.key(), alert);
        }
        stood.values().stream().filter(SelfAlert::firing).forEach(over -> news.add(new News(over, false)));
        return new Step(List.copyOf(standing.values()), news);
    }

    private static SelfAlert look(@Nullable SelfAlert stood, Finding finding, Instant now, List<News> news) {
        Instant since = stood == null || stood.since().isAfter(now) ? now : stood.since();
        boolean fired = stood != null && stood.firing();
        boolean fires = fired || !now.isBefore(since.plus(finding.kind().patience()));
        SelfAlert alert = new SelfAlert(finding, since, fires);
        if (fires && !fired) {
            news.add(new News(alert, true));
        }
        return alert;
    }
}
