package dev.assay.alert.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Backtest;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.web.Problem;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to a rule that is saved what it would have done. */
@ApplicationScoped
class BacktestOffer {
    private static final Duration SHORTEST = Duration.ofHours(1);

    private final Backtest backtest;
    private final ObjectMapper json;
    private final Duration longest;

    /**
     * What is wanted; {@code range} is null for nothing.
     *
     * @param pagesPerWeek how many pages a week are wanted, if a threshold is to be suggested
     */
    record Wish(@Nullable Duration range, @Nullable Double pagesPerWeek) {}

    BacktestOffer(Backtest backtest, ObjectMapper json, AlertConfig config) {
        this.backtest = backtest;
        this.json = json;
        this.longest = Duration.ofDays(config.retentionDays());
    }

    /** The wish of the query parameters, which is checked before the rule is saved. */
    Wish wish(@Nullable String range, @Nullable String pagesPerWeek) {
        if (range == null) {
            if (pagesPerWeek != null) {
                throw Problem.badRequest("pages_per_week", "must be given with backtest, which says over what time");
            }
            return new Wish(null, null);
        }
        Duration wanted;
        try {
            wanted = DurationText.parse("backtest", range);
        } catch (InvalidRule invalid) {
            throw Problem.badRequest("backtest", String.valueOf(invalid.getMessage()));
        }
        if (wanted.compareTo(SHORTEST) < 0 || wanted.compareTo(longest) > 0) {
            throw Problem.badRequest(
                    "backtest",
                    "must be " + DurationText.format(SHORTEST) + " to " + DurationText.format(longest)
                            + ", which is what is kept, got: " + Paging.shortened(range));
        }
        return new Wish(wanted, rate(pagesPerWeek));
    }

    private static @Nullable Double rate(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Double rate;
        try {
            rate = Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("pages_per_week", "must be a number, got: " + Paging.shortened(text));
        }
        BacktestsResource.requireRate(rate);
        return rate;
    }

    /** The rule's view with the backtest; what keeps the backtest from running is told, and no failure. */
    Uni<ObjectNode> with(String tenant, Rule rule, Wish wish, ObjectNode view) {
        Duration range = wish.range();
        if (range == null) {
            return Uni.createFrom().item(view);
        }
        long to = Minutes.of(Instant.now());
        long from = to - range.toMinutes();
        Backtest.Question question = new Backtest.Question(rule, from, to, List.of(), wish.pagesPerWeek());
        return Uni.createFrom()
                .deferred(() -> backtest.run(tenant, question)) // refuses at once if another one runs
                .map(answer -> {
                    view.set("backtest", json.valueToTree(BacktestsResource.answer(rule, from, to, answer)));
                    return view;
                })
                .onFailure(Problem.class)
                .recoverWithItem(problem -> {
                    view.putNull("backtest");
                    view.put("backtest_problem", problem.getMessage());
                    return view;
                });
    }
}
