package dev.assay.client;

/** What a client can report: {@link LlmCall}, {@link Feedback} and {@link Outcome}. */
public sealed interface Event permits LlmCall, Feedback, Outcome {
    /** Its path under the installation's address. */
    String path();

    /** As one line of JSON, with its line break, in UTF-8. */
    byte[] toLine();
}
