package dev.assay.alert.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part starts; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
