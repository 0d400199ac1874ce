package dev.assay.alert.domain.oncall;

import dev.assay.alert.domain.rule.InvalidRule;
import java.util.List;

/**
 * Somebody who takes turns.
 *
 * @param receivers names or ids of the receivers that reach them
 */
public record Person(String name, List<String> receivers) {
    private static final int MAX_RECEIVERS = 10;

    public Person {
        Names.requireName("people.name", name);
        if (receivers.isEmpty() || receivers.size() > MAX_RECEIVERS) {
            throw new InvalidRule("people.receivers", "must have 1 to " + MAX_RECEIVERS + " entries, for " + name);
        }
        receivers = List.copyOf(receivers);
    }
}
