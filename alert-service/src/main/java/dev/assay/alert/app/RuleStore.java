package dev.assay.alert.app;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** The rules that projects have made or changed. */
public interface RuleStore {
    Uni<List<ProjectRules.Stored>> all(String tenant);

    /** Keeps a rule, new or changed. Fails with {@link NameTaken} if another of the project's rules has the name. */
    Uni<Void> put(String tenant, ProjectRules.Stored rule);

    /** Forgets a rule; false if there is none. */
    Uni<Boolean> delete(String tenant, String id);

    /** The ids of the rules that came from a file. */
    Uni<List<String>> ofFile(String tenant, String file);

    /** Notes which rules come from a file. */
    Uni<Void> setOfFile(String tenant, String file, List<String> ruleIds);
}
