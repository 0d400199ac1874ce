package dev.assay.alert.app;

import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.backtest.Labelled;
import dev.assay.alert.domain.backtest.Page;
import dev.assay.alert.domain.backtest.Scaling;
import dev.assay.alert.domain.backtest.Score;
import dev.assay.alert.domain.evaluation.Clocks;
import dev.assay.alert.domain.evaluation.HistoryNeeds;
import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs a rule over the windows that are kept, by the same evaluation that runs live: an episode of firing here is an
 * incident there. What keeps alerts quiet (silences, inhibition, flapping) is left out: it tells what the rule itself does.
 */
@ApplicationScoped
public class Backtest {
    /** Groups times minutes; more is refused. */
    static final long MAX_STEPS = 20_000_000;

    private static final int AT_ONCE = 1;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final double MINUTES_A_WEEK = 7.0 * RuleWindow.DAY_MINUTES;

    private final WindowHistory history;
    private final EvaluationStore evaluations;
    private final int retentionDays;
    private final Semaphore running = new Semaphore(AT_ONCE);

    /**
     * What is to be tested.
     *
     * @param after the minute after which evaluation starts, without a state
     * @param upTo the last minute that is evaluated
     * @param pagesPerWeek how many pages a week are wanted, if a threshold is to be suggested
     */
    public record Question(
            Rule rule,
            long after,
            long upTo,
            List<Labelled> incidents,
            @Nullable Double pagesPerWeek) {}

    /**
     * What the rule would have done.
     *
     * @param suggestion the most sensitive threshold that pages no more often than is wanted; null if none was asked for or
     *     none does
     */
    public record Answer(
            List<Page> pages, Score score, @Nullable Suggestion suggestion) {}

    /** A threshold and what it would have done. */
    public record Suggestion(Threshold threshold, double pagesPerWeek, Score score) {}

    Backtest(WindowHistory history, EvaluationStore evaluations, AlertConfig config) {
        this.history = history;
        this.evaluations = evaluations;
        this.retentionDays = config.retentionDays();
    }

    public Uni<Answer> run(String tenant, Question question) {
        if (question.upTo() - question.after() > (long) retentionDays * RuleWindow.DAY_MINUTES) {
            throw Problem.badRequest(
                    "from", "must lie at most " + retentionDays + " days before to: that is what is kept");
        }
        if (!running.tryAcquire()) {
            throw Problem.tooManyRequests("another backtest runs here", RETRY);
        }
        return evaluations
                .ticks()
                .chain(ticks -> run(tenant, question, new Clocks(ticks)))
                .onTermination()
                .invoke(running::release);
    }

    private Uni<Answer> run(String tenant, Question question, Clocks clocks) {
        Rule rule = question.rule();
        Metric metric = Metrics.find(rule.metric()).orElseThrow();
        Set<String> services = clocks.services(metric.measures());
        RulePlan plan = new RulePlan(
                rule, metric, services, true, question.after(), question.after(), question.after(), question.upTo());
        RuleRun run = new RuleRun(tenant, true, plan);
        Map<String, HistoryNeeds> needs = new HashMap<>();
        services.forEach(service -> needs.put(service, plan.needs()));
        return history.windows(tenant, needs, question.upTo(), run)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(read -> answer(run, question));
    }

    private static Answer answer(RuleRun run, Question question) {
        long steps = run.groupCount() * (question.upTo() - question.after());
        if (steps > MAX_STEPS) {
            throw Problem.badRequest(
                    "from",
                    "asks for too much: " + run.groupCount()
                            + " groups over this range; filter, or ask for a shorter one");
        }
        run.evaluate(Map.of(), Map.of());
        List<Page> pages = pages(run);
        return new Answer(
                pages, Score.of(pages, question.incidents(), question.upTo()), suggestion(run, question, steps));
    }

    private static @Nullable Suggestion suggestion(RuleRun run, Question question, long steps) {
        Double wanted = question.pagesPerWeek();
        if (wanted == null) {
            return null;
        }
        List<Observation.Measured> measured = run.measured();
        List<Threshold> candidates = Scaling.candidates(question.rule(), measured);
        if (steps * candidates.size() > MAX_STEPS) {
            throw Problem.badRequest(
                    "pages_per_week",
                    "needs the range tested at many thresholds, which is too much: ask for a shorter one");
        }
        for (Threshold candidate : candidates) {
            List<Page> pages = pages(run.under(candidate));
            double perWeek = perWeek(pages.size(), question.upTo() - question.after());
            if (perWeek <= wanted) {
                return new Suggestion(candidate, perWeek, Score.of(pages, question.incidents(), question.upTo()));
            }
        }
        return null;
    }

    /** How many a week so many in some minutes are. */
    public static double perWeek(int count, long minutes) {
        return count * MINUTES_A_WEEK / minutes;
    }

    private static List<Page> pages(RuleRun run) {
        List<Page> pages = new ArrayList<>();
        run.episodes().forEach((labels, episodes) -> episodes.forEach(episode -> pages.add(new Page(labels, episode))));
        pages.sort(java.util.Comparator.comparingLong(page -> page.episode().firedAt()));
        return pages;
    }
}
