package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Keeps a project's rules. A change makes the project due for evaluation at once. */
@ApplicationScoped
public class ManageRules {
    private static final int MAX_RULES = 200;

    private final RuleStore rules;
    private final ReceiverStore receivers;
    private final OnCallStore onCall;
    private final EvaluationStore evaluations;
    private final SecureRandom random = new SecureRandom();

    ManageRules(RuleStore rules, ReceiverStore receivers, OnCallStore onCall, EvaluationStore evaluations) {
        this.rules = rules;
        this.receivers = receivers;
        this.onCall = onCall;
        this.evaluations = evaluations;
    }

    public Uni<List<Rule>> all(String tenant) {
        return rules.all(tenant).map(ProjectRules::of);
    }

    public Uni<Rule> get(String tenant, String id) {
        return all(tenant)
                .map(found -> found.stream()
                        .filter(rule -> rule.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("no rule " + id)));
    }

    /** A rule that could be kept, without keeping it. */
    public Uni<Rule> check(String tenant, JsonNode json) {
        Rule rule = read("rule-unsaved", false, json);
        return rules.all(tenant)
                .invoke(stored -> {
                    requireRoomForOne(stored);
                    if (stored.stream().anyMatch(known -> known.name().equals(rule.name()))) {
                        throw Problem.conflict("another rule has the name " + rule.name());
                    }
                })
                .chain(() -> requireReceivers(tenant, List.of(rule)))
                .replaceWith(rule);
    }

    public Uni<Rule> create(String tenant, JsonNode json) {
        Rule rule = read("rule-" + randomId(), false, json);
        return rules.all(tenant).invoke(ManageRules::requireRoomForOne).chain(() -> put(tenant, rule));
    }

    private static void requireRoomForOne(List<ProjectRules.Stored> stored) {
        if (stored.size() >= MAX_RULES) {
            throw Problem.conflict("a project has at most " + MAX_RULES + " rules");
        }
    }

    public Uni<Rule> replace(String tenant, String id, JsonNode json) {
        return get(tenant, id).chain(before -> put(tenant, read(id, before.builtIn(), json)));
    }

    /** Keeps the rules of a YAML text: one with the name of another of the project replaces it. */
    public Uni<List<Rule>> keepAll(String tenant, String yaml) {
        RuleFile file = parsed(yaml);
        if (!file.project().isEmpty() && !file.project().equals(tenant)) {
            throw Problem.unprocessable("project", "must be the key's, " + tenant + ", or left out");
        }
        return rules.all(tenant).chain(stored -> {
            List<Rule> wanted = file.rules().stream()
                    .map(rule -> underKnownId(rule, stored))
                    .toList();
            return requireRoom(stored, wanted)
                    .chain(() -> requireReceivers(tenant, wanted))
                    .chain(() -> putAll(tenant, wanted))
                    .replaceWith(wanted);
        });
    }

    /** Brings a project to what a file says: its rules are kept, and those that it had before and has no more go. */
    Uni<Void> apply(String tenant, String file, List<Rule> wanted) {
        return rules.all(tenant)
                .chain(stored -> requireRoom(stored, wanted))
                .chain(() -> requireReceivers(tenant, wanted))
                .chain(() -> rules.ofFile(tenant, file))
                .chain(before -> Multi.createFrom()
                        .iterable(before)
                        .filter(id ->
                                wanted.stream().noneMatch(rule -> rule.id().equals(id)))
                        .onItem()
                        .transformToUniAndConcatenate(id -> rules.delete(tenant, id))
                        .collect()
                        .asList())
                .chain(() -> putAll(tenant, wanted))
                .chain(() -> rules.setOfFile(
                        tenant, file, wanted.stream().map(Rule::id).toList()));
    }

    private static Rule underKnownId(Rule rule, List<ProjectRules.Stored> stored) {
        if (rule.builtIn()) {
            return rule;
        }
        return stored.stream()
                .filter(known -> known.name().equals(rule.name()))
                .findFirst()
                .map(known ->
                        RuleText.read(known.id(), DefaultRules.find(known.id()).isPresent(), RuleText.write(rule)))
                .orElse(rule);
    }

    private static Uni<Void> requireRoom(List<ProjectRules.Stored> stored, List<Rule> wanted) {
        long all = Stream.concat(
                        stored.stream().map(ProjectRules.Stored::id),
                        wanted.stream().map(Rule::id))
                .distinct()
                .count();
        if (all > MAX_RULES) {
            throw Problem.conflict("a project has at most " + MAX_RULES + " rules");
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> requireReceivers(String tenant, List<Rule> wanted) {
        return receivers
                .all(tenant)
                .invoke(known -> wanted.forEach(rule -> requireKnown(rule, known)))
                .chain(() -> requirePolicies(tenant, wanted));
    }

    private Uni<Void> requirePolicies(String tenant, List<Rule> wanted) {
        if (wanted.stream().allMatch(rule -> rule.escalationPolicy().isEmpty())) {
            return Uni.createFrom().voidItem();
        }
        return onCall.policies(tenant)
                .invoke(known -> wanted.stream()
                        .map(Rule::escalationPolicy)
                        .filter(name -> !name.isEmpty()
                                && known.stream()
                                        .noneMatch(policy -> policy.name().equals(name)
                                                || policy.id().equals(name)))
                        .forEach(name -> {
                            throw Problem.unprocessable(
                                    "escalation_policy",
                                    "must be the name or id of an escalation policy, there is none: " + name);
                        }))
                .replaceWithVoid();
    }

    private Uni<Void> putAll(String tenant, List<Rule> wanted) {
        return Multi.createFrom()
                .iterable(wanted)
                .onItem()
                .transformToUniAndConcatenate(rule -> put(tenant, rule))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static RuleFile parsed(String yaml) {
        try {
            return RuleFile.parse(yaml);
        } catch (InvalidRule invalid) {
            throw Problem.unprocessable(invalid.field(), String.valueOf(invalid.getMessage()));
        }
    }

    /** Deletes a rule of the project's own, or brings a default rule back to what it was. */
    public Uni<Void> delete(String tenant, String id) {
        return rules.delete(tenant, id)
                .invoke(deleted -> {
                    if (!deleted && DefaultRules.find(id).isPresent()) {
                        throw Problem.conflict("a default rule cannot be deleted; set enabled to false instead");
                    }
                    if (!deleted) {
                        throw Problem.notFound("no rule " + id);
                    }
                })
                .chain(() -> evaluations.wake(tenant));
    }

    private Uni<Rule> put(String tenant, Rule rule) {
        return requireReceivers(tenant, List.of(rule))
                .chain(() -> rules.put(
                        tenant,
                        new ProjectRules.Stored(
                                rule.id(), rule.name(), RuleText.write(rule).toString())))
                .onFailure(NameTaken.class)
                .transform(taken -> Problem.conflict("another rule has the name " + rule.name()))
                .chain(() -> evaluations.wake(tenant))
                .replaceWith(rule);
    }

    private static void requireKnown(Rule rule, List<ReceiverStore.Receiver> known) {
        rule.receivers().forEach(name -> requireKnown("receivers", name, known));
        rule.escalation().forEach(step -> step.receivers().forEach(name -> requireKnown("escalation", name, known)));
    }

    private static void requireKnown(String field, String name, List<ReceiverStore.Receiver> known) {
        if (known.stream()
                .noneMatch(receiver ->
                        receiver.name().equals(name) || receiver.id().equals(name))) {
            throw Problem.unprocessable(field, "must be names or ids of receivers, there is none: " + name);
        }
    }

    private static Rule read(String id, boolean builtIn, JsonNode json) {
        try {
            return RuleText.read(id, builtIn, json);
        } catch (InvalidRule invalid) {
            throw Problem.unprocessable(invalid.field(), String.valueOf(invalid.getMessage()));
        }
    }

    private String randomId() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
