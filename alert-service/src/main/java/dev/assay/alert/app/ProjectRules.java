package dev.assay.alert.app;

import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A project's rules: the defaults, as it changed them, then its own in the order of their names. */
public final class ProjectRules {
    private static final Logger LOG = Logger.getLogger(ProjectRules.class);

    private ProjectRules() {}

    /** A rule as it is kept. */
    public record Stored(String id, String name, String definition) {}

    public static List<Rule> of(List<Stored> stored) {
        Map<String, Stored> byId = new LinkedHashMap<>();
        stored.stream().sorted(java.util.Comparator.comparing(Stored::name)).forEach(rule -> byId.put(rule.id(), rule));
        List<Rule> rules = new ArrayList<>();
        for (Rule builtIn : DefaultRules.all()) {
            Stored changed = byId.remove(builtIn.id());
            rules.add(changed == null ? builtIn : read(changed, true).orElse(builtIn));
        }
        byId.values().forEach(own -> read(own, false).ifPresent(rules::add));
        return List.copyOf(rules);
    }

    private static Optional<Rule> read(Stored stored, boolean builtIn) {
        try {
            return Optional.of(RuleText.read(stored.id(), builtIn, stored.definition()));
        } catch (InvalidRule invalid) { // written by another version
            LOG.errorf("rule %s is left out: %s", stored.id(), invalid.getMessage());
            return Optional.empty();
        }
    }
}
