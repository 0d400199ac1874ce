package dev.assay.ingest.projects;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as it is listed: nothing that one could sign in with. */
public record Key(
        String keyId,
        String name,
        List<String> scopes,
        Instant createdTime,
        @Nullable Instant revokedTime) {}
