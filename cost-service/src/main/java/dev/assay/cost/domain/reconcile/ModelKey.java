package dev.assay.cost.domain.reconcile;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name under which a bill's model and the ledger's are the same: lower case, without path and release date. */
final class ModelKey {
    private static final Pattern DATED = Pattern.compile("(.+?)[-@]20\\d{2}-?[01]\\d-?[0-3]\\d");

    private ModelKey() {}

    static String of(String model) {
        String name = model.strip().toLowerCase(Locale.ROOT);
        name = name.substring(name.lastIndexOf('/') + 1);
        Matcher dated = DATED.matcher(name);
        return dated.matches() ? dated.group(1) : name;
    }
}
