package dev.assay.ingest.domain.call;

/**
 * Why an event is not taken in: the field and the rule that it breaks.
 *
 * @param field the field's name as the client wrote it; empty when it is the event as a whole
 * @param reason completes the sentence "field …": {@code must be >= 0, got -3}
 */
public record Refusal(String field, String reason) {}
