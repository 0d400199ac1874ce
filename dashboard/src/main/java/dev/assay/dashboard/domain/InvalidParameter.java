package dev.assay.dashboard.domain;

/** A parameter that cannot be used: which one, and what is allowed. */
public final class InvalidParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    public InvalidParameter(String parameter, String rule) {
        super(rule);
        this.parameter = parameter;
    }

    public String parameter() {
        return parameter;
    }
}
