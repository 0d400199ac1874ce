package dev.assay.quality.domain.safety;

/** What a call's response is to the detectors. */
public enum Presence {
    /** There is no response to judge: not a model's answer, a failure, or a call of tools alone. */
    NONE,
    /** There was a response, but its text is not known (the project drops or hashes content). */
    UNKNOWN,
    /** The response's text is known, and judged. */
    JUDGED
}
