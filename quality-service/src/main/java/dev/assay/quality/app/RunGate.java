package dev.assay.quality.app;

import dev.assay.quality.app.AnswerCases.Answers;
import dev.assay.quality.app.AnswerCases.Endpoint;
import dev.assay.quality.app.Gates.Case;
import dev.assay.quality.app.Gates.Gate;
import dev.assay.quality.app.Gates.Result;
import dev.assay.quality.app.Gates.Run;
import dev.assay.quality.domain.gate.GateReport;
import dev.assay.quality.domain.gate.GateVerdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Scores given answers to a gate's dataset and compares them with its baseline. */
@ApplicationScoped
public class RunGate {
    private static final int MESSAGE = 200;

    private final Gates gates;
    private final AnswerCases answerCases;

    RunGate(Gates gates, AnswerCases answerCases) {
        this.gates = gates;
        this.answerCases = answerCases;
    }

    /** A run with its verdict and its cases; {@code unanswered} counts those that an endpoint failed on, by reason. */
    public record Outcome(Run run, GateVerdict verdict, List<GateReport.Line> lines, Map<String, Long> unanswered) {}

    /** Runs a gate; answers to cases that the dataset does not have are refused by the caller before. */
    public Uni<Outcome> run(
            String tenant, Gate gate, List<Case> cases, Map<String, String> answers, String label, boolean baseline) {
        return run(tenant, gate, cases, new Answers(answers, Map.of()), label, baseline);
    }

    /**
     * Runs a gate over the answers of an endpoint. Where some are missing because it failed, the run does not become the
     * baseline: later runs would look better than they are.
     */
    public Uni<Outcome> ask(
            String tenant,
            Gate gate,
            List<Case> cases,
            Endpoint endpoint,
            int mostCharacters,
            String label,
            boolean baseline) {
        return answerCases
                .ask(endpoint, cases, mostCharacters)
                .chain(answers -> run(
                        tenant,
                        gate,
                        cases,
                        answers,
                        label,
                        baseline && answers.failures().isEmpty()));
    }

    private Uni<Outcome> run(
            String tenant, Gate gate, List<Case> cases, Answers answers, String label, boolean baseline) {
        List<Result> results = new ArrayList<>();
        for (Case it : cases) {
            String answer = answers.answers().get(it.id());
            double score = answer == null ? 0 : gate.scorer().score(it.expected(), answer);
            boolean passed = answer != null && score >= gate.passScore();
            results.add(new Result(
                    it.id(), answer, score, passed, answers.failures().get(it.id())));
        }
        Run run = new Run(UUID.randomUUID(), gate.id(), label, gate.baselineRun());
        return gates.addRun(tenant, run, results, baseline, Instant.now())
                .chain(() -> outcome(tenant, gate, run, cases, results));
    }

    /** The outcome of an earlier run, as it was. */
    public Uni<Outcome> again(String tenant, Gate gate, Run run) {
        return gates.cases(tenant, gate.dataset(), gate.datasetVersion())
                .chain(cases ->
                        gates.results(tenant, run.id()).chain(results -> outcome(tenant, gate, run, cases, results)));
    }

    private Uni<Outcome> outcome(String tenant, Gate gate, Run run, List<Case> cases, List<Result> results) {
        UUID baseline = run.baseline();
        Uni<List<Result>> before =
                baseline == null ? Uni.createFrom().item(List.of()) : gates.results(tenant, baseline);
        return before.map(earlier -> new Outcome(
                run,
                GateVerdict.of(
                        byCase(results),
                        earlier.isEmpty() ? null : byCase(earlier),
                        new GateVerdict.Demand(gate.minPassRate(), gate.maxDrop())),
                lines(cases, results),
                unanswered(results)));
    }

    private static Map<String, GateVerdict.Result> byCase(List<Result> results) {
        Map<String, GateVerdict.Result> byCase = new LinkedHashMap<>();
        results.forEach(it -> byCase.put(it.caseId(), new GateVerdict.Result(it.score(), it.passed())));
        return byCase;
    }

    private static Map<String, Long> unanswered(List<Result> results) {
        Map<String, Long> byReason = new TreeMap<>();
        for (Result it : results) {
            String failure = it.failure();
            if (failure != null) {
                byReason.merge(failure, 1L, Long::sum);
            }
        }
        return byReason;
    }

    private static List<GateReport.Line> lines(List<Case> cases, List<Result> results) {
        Map<String, String> expected = new HashMap<>();
        cases.forEach(it -> expected.put(it.id(), it.expected()));
        return results.stream()
                .map(it -> new GateReport.Line(
                        it.caseId(),
                        it.passed(),
                        it.score(),
                        it.output() == null
                                ? "no answer" + (it.failure() == null ? "" : ": " + it.failure())
                                : "expected: " + cut(expected.getOrDefault(it.caseId(), "")) + "; got: "
                                        + cut(it.output())))
                .toList();
    }

    private static String cut(@Nullable String text) {
        return text == null ? "" : ScoreCalls.cut(text, MESSAGE);
    }
}
