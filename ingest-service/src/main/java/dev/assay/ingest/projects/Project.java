package dev.assay.ingest.projects;

import java.time.Instant;

/** A project as it is listed. */
public record Project(String id, String name, String currency, boolean generated, Instant createdTime) {}
