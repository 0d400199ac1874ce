package dev.assay.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.Backtest;
import dev.assay.alert.app.ManageRules;
import dev.assay.alert.app.RuleText;
import dev.assay.alert.domain.backtest.Labelled;
import dev.assay.alert.domain.backtest.Page;
import dev.assay.alert.domain.backtest.Score;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule, kept or not, would have done over the windows that are kept. */
@Path("/v1/backtests")
@RequiresScope(Scope.READ)
public class BacktestsResource {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(7);
    private static final int MAX_INCIDENTS = 1_000;
    private static final int MAX_SHOWN = 200;

    private final Backtest backtest;
    private final ManageRules rules;
    private final CurrentCaller caller;

    /**
     * The question.
     *
     * @param ruleId a rule of the project, or
     * @param rule one that is not kept, as {@code POST /v1/rules} takes it
     * @param incidents what there really was, for precision and recall
     * @param pagesPerWeek how many pages a week are wanted: a threshold is suggested
     */
    public record Question(
            @Nullable String ruleId,
            @Nullable JsonNode rule,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable List<KnownIncident> incidents,
            @Nullable Double pagesPerWeek) {}

    /** An incident that there was. */
    public record KnownIncident(
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable Map<String, String> labels) {}

    /** A page that there would have been; the value is that at which it fired. */
    public record PageView(
            Map<String, String> labels,
            Instant startsAt,
            Instant firedAt,
            @Nullable Instant endsAt,
            long durationMs,
            @Nullable Double value,
            @Nullable Double threshold) {}

    /** A threshold that pages no more often than was wanted, as fields of the rule. */
    public record SuggestionView(
            ObjectNode rule,
            double pagesPerWeek,
            @Nullable Double precision,
            @Nullable Double recall) {}

    /**
     * The answer.
     *
     * @param items the first 200 pages
     * @param firingMs all of them together
     */
    public record Answer(
            Instant from,
            Instant to,
            long pages,
            double pagesPerWeek,
            long firingMs,
            @Nullable Double precision,
            @Nullable Double recall,
            @Nullable SuggestionView suggestion,
            List<PageView> items) {}

    BacktestsResource(Backtest backtest, ManageRules rules, CurrentCaller caller) {
        this.backtest = backtest;
        this.rules = rules;
        this.caller = caller;
    }

    @POST
    public Uni<Answer> run(@Nullable Question question) {
        if (question == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        String tenant = caller.tenant();
        long to = Minutes.of(question.to() == null ? Instant.now() : question.to());
        long from = question.from() == null ? to - DEFAULT_RANGE.toMinutes() : Minutes.of(question.from());
        if (from >= to) {
            throw Problem.badRequest("from", "must lie at least a minute before to");
        }
        Double wanted = question.pagesPerWeek();
        requireRate(wanted);
        List<Labelled> incidents = incidents(question.incidents());
        return rule(tenant, question)
                .chain(rule -> backtest.run(tenant, new Backtest.Question(rule, from, to, incidents, wanted))
                        .map(answer -> answer(rule, from, to, answer)));
    }

    static void requireRate(@Nullable Double pagesPerWeek) {
        if (pagesPerWeek != null && !(pagesPerWeek >= 0 && pagesPerWeek <= 10_000)) {
            throw Problem.badRequest("pages_per_week", "must be 0 to 10000, got: " + pagesPerWeek);
        }
    }

    private Uni<Rule> rule(String tenant, Question question) {
        String id = question.ruleId();
        JsonNode json = question.rule();
        if ((id == null) == (json == null)) {
            throw Problem.unprocessable("rule", "must be given, or rule_id, and not both");
        }
        if (id != null) {
            return rules.get(tenant, Paging.shortened(id));
        }
        try {
            return Uni.createFrom().item(RuleText.read("backtest", false, json));
        } catch (InvalidRule invalid) {
            throw Problem.unprocessable("rule." + invalid.field(), String.valueOf(invalid.getMessage()));
        }
    }

    private static List<Labelled> incidents(@Nullable List<KnownIncident> known) {
        if (known == null) {
            return List.of();
        }
        if (known.size() > MAX_INCIDENTS) {
            throw Problem.badRequest("incidents", "must have at most " + MAX_INCIDENTS + " entries");
        }
        return known.stream().map(BacktestsResource::labelled).toList();
    }

    private static Labelled labelled(KnownIncident incident) {
        Instant start = incident.startsAt();
        Instant end = incident.endsAt();
        if (start == null || end == null || Minutes.of(start) >= Minutes.of(end)) {
            throw Problem.unprocessable("incidents", "must have starts_at and a later ends_at each");
        }
        Map<String, String> labels = incident.labels();
        return new Labelled(Minutes.of(start), Minutes.of(end), labels == null ? Map.of() : labels);
    }

    static Answer answer(Rule rule, long from, long to, Backtest.Answer answer) {
        List<Page> pages = answer.pages();
        long firing = pages.stream().mapToLong(page -> page.minutes(to)).sum();
        Score score = answer.score();
        Backtest.Suggestion suggestion = answer.suggestion();
        return new Answer(
                Minutes.start(from),
                Minutes.start(to),
                pages.size(),
                Backtest.perWeek(pages.size(), to - from),
                millis(firing),
                score.precision(),
                score.recall(),
                suggestion == null
                        ? null
                        : new SuggestionView(
                                RuleText.write(rule.under(suggestion.threshold())),
                                suggestion.pagesPerWeek(),
                                suggestion.score().precision(),
                                suggestion.score().recall()),
                pages.stream().limit(MAX_SHOWN).map(page -> view(page, to)).toList());
    }

    private static PageView view(Page page, long to) {
        Long end = page.episode().endedAt();
        return new PageView(
                page.labels().values(),
                Minutes.start(page.episode().activeSince()),
                Minutes.start(page.episode().firedAt()),
                end == null ? null : Minutes.start(end),
                millis(page.minutes(to)),
                page.episode().value(),
                page.episode().threshold());
    }

    private static long millis(long minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }
}
