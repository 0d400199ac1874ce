package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.quality.domain.users.TaskResult;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a task ended, as it arrived; the latest version under a task id counts. */
public record Outcome(
        TenantKey key,
        String taskId,
        Version version,
        long minute,
        Dimensions dimensions,
        @Nullable UUID user,
        TaskResult result) {}
