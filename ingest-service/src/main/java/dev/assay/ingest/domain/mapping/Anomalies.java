package dev.assay.ingest.domain.mapping;

/** What the receiver may find odd about a call; the words of {@code Call.anomalies}. */
public final class Anomalies {
    /** A token field that is negative, not whole, not a number, or absurdly large; left out. */
    public static final String BAD_TOKEN_VALUE = "bad_token_value";
    /** The total is not the sum of its parts under any convention. */
    public static final String USAGE_MISMATCH = "usage_mismatch";
    /** Nothing tells whether the input includes the cached tokens; taken as not. */
    public static final String USAGE_UNDECIDABLE = "usage_undecidable";
    /** A subset of tokens without the total that it is part of. */
    public static final String USAGE_INCOMPLETE = "usage_incomplete";
    /** A time to first token that cannot be; left out. */
    public static final String TTFT_IMPLAUSIBLE = "ttft_implausible";
    /** The end lies before the start by less than the tolerance; the duration is taken as zero. */
    public static final String END_BEFORE_START = "end_before_start";

    private Anomalies() {}
}
