package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Keeps a project's rules. A change makes the project due for evaluation at once. */
@ApplicationScoped
public class ManageRules {
    private static final int MAX_RULES = 200;

    private final RuleStore rules;
    private final ReceiverStore receivers;
    private final EvaluationStore evaluations;
    private final SecureRandom random = new SecureRandom();

    ManageRules(RuleStore rules, ReceiverStore receivers, EvaluationStore evaluations) {
        this.rules = rules;
        this.receivers = receivers;
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

    public Uni<Rule> create(String tenant, JsonNode json) {
        Rule rule = read("rule-" + randomId(), false, json);
        return rules.all(tenant)
                .invoke(stored -> {
                    if (stored.size() >= MAX_RULES) {
                        throw Problem.conflict("a project has at most " + MAX_RULES + " rules");
                    }
                })
                .chain(() -> put(tenant, rule));
    }

    public Uni<Rule> replace(String tenant, String id, JsonNode json) {
        return get(tenant, id).chain(before -> put(tenant, read(id, before.builtIn(), json)));
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
        return receivers
                .all(tenant)
                .invoke(known -> rule.receivers().forEach(name -> requireKnown(name, known)))
                .chain(() -> rules.put(
                        tenant,
                        new ProjectRules.Stored(
                                rule.id(), rule.name(), RuleText.write(rule).toString())))
                .onFailure(NameTaken.class)
                .transform(taken -> Problem.conflict("another rule has the name " + rule.name()))
                .chain(() -> evaluations.wake(tenant))
                .replaceWith(rule);
    }

    private static void requireKnown(String name, List<ReceiverStore.Receiver> known) {
        if (known.stream()
                .noneMatch(receiver ->
                        receiver.name().equals(name) || receiver.id().equals(name))) {
            throw Problem.unprocessable("receivers", "must be names or ids of receivers, there is none: " + name);
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
