package dev.assay.ingest.projects;

import org.jspecify.annotations.Nullable;

/**
 * What the entrance does with a project's events.
 *
 * @param content {@code keep}, {@code redact}, {@code hash} or {@code drop}: what happens to texts before they are stored
 * @param eventsPerSecond how many events each replica takes in a second; null for as many as come
 */
public record ProjectPolicy(String content, @Nullable Long eventsPerSecond) {}
