package dev.assay.quality.app;

import java.util.Comparator;
import java.util.UUID;

/** The hashed id of something within its tenant; sorted as rows are locked. */
public record TenantKey(String tenant, UUID hash) implements Comparable<TenantKey> {
    private static final Comparator<TenantKey> ORDER =
            Comparator.comparing(TenantKey::tenant).thenComparing(TenantKey::hash);

    @Override
    public int compareTo(TenantKey other) {
        return ORDER.compare(this, other);
    }
}
