package dev.assay.alert.domain.rule;

/** A rule that cannot be: which field, what the rule for it is, and what came. */
public final class InvalidRule extends IllegalArgumentException {
    private final String field;

    public InvalidRule(String field, String detail) {
        super(field + " " + detail);
        this.field = field;
    }

    /** The field at fault, as it is named on the wire. */
    public String field() {
        return field;
    }
}
