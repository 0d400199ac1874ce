package dev.assay.ingest.app;

/**
 * An event that was not taken in.
 *
 * @param index its place in the request, from 0; -1 when the request was refused as a whole
 * @param eventId the client's id of it; empty when unknown
 * @param field the field at fault; empty when it is the event as a whole
 * @param reason the rule that was broken
 */
public record Rejected(int index, String eventId, String field, String reason) {}
