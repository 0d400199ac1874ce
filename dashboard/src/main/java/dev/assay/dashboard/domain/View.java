package dev.assay.dashboard.domain;

import java.util.regex.Pattern;

/** What somebody looks at: one project, a range, and filters. */
public record View(String project, Range range, Filters filters) {
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9-]{1,40}");

    public View {
        if (!PROJECT.matcher(project).matches()) {
            throw new InvalidParameter("project", "project must match [a-z0-9-]{1,40}");
        }
    }

    /** The same project and filters over another range. */
    public View over(Range other) {
        return new View(project, other, filters);
    }
}
