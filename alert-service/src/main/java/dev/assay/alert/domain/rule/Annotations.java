package dev.assay.alert.domain.rule;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rule adds to its notifications; none of it changes when it fires.
 *
 * @param labels beside those of the group: for silences, inhibition and receivers that route by them
 * @param runbook a link to what to do, empty for none
 * @param summary a template of the first line, empty for the usual one: {@code {{value}}}, {@code {{threshold}}},
 *     {@code {{rule}}}, {@code {{severity}}} and {@code {{labels.app}}} are filled in
 */
public record Annotations(Map<String, String> labels, String runbook, String summary) {
    private static final int MAX_LABELS = 20;
    private static final int MAX_TEXT = 500;
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,39}");
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final Pattern KNOWN =
            Pattern.compile("value|threshold|rule|severity|labels\\.[a-z_][a-z0-9_]{0,39}");

    /** Nothing beside. */
    public static final Annotations NONE = new Annotations(Map.of(), "", "");

    public Annotations {
        if (labels.size() > MAX_LABELS) {
            throw new InvalidRule("labels", "must have at most " + MAX_LABELS + " entries, got: " + labels.size());
        }
        labels.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidRule("labels", "must have names of a-z, 0-9 and _, got: " + name);
            }
            requirePrintable("labels." + name, value);
        });
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
        if (!runbook.isEmpty() && !runbook.matches("https?://\\S{1," + MAX_TEXT + "}")) {
            throw new InvalidRule("runbook", "must be an http or https address");
        }
        requirePrintable("summary", summary);
        Matcher fields = FIELD.matcher(summary);
        while (fields.find()) {
            if (!KNOWN.matcher(fields.group(1)).matches()) {
                throw new InvalidRule(
                        "summary",
                        "may have {{value}}, {{threshold}}, {{rule}}, {{severity}} and {{labels.…}}, got: {{"
                                + fields.group(1) + "}}");
            }
        }
    }

    /** The summary with its fields filled in; a field without a value becomes {@code ?}. */
    public String summaryOf(Map<String, String> fields) {
        return FIELD.matcher(summary)
                .replaceAll(field -> Matcher.quoteReplacement(fields.getOrDefault(field.group(1), "?")));
    }

    private static void requirePrintable(String field, String text) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRule(field, "must have at most " + MAX_TEXT + " printable characters");
        }
    }
}
