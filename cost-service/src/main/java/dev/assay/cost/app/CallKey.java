package dev.assay.cost.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.UUID;

/**
 * A call's place in the ledger. Ordered, so that all transactions lock rows in one order.
 *
 * @param ledgerDay days since 1970-01-01
 * @param id 128 bits of SHA-256(tenant, 0, event id)
 */
public record CallKey(String tenant, int ledgerDay, UUID id) implements Comparable<CallKey> {
    private static final Comparator<CallKey> ORDER = Comparator.comparing(CallKey::tenant)
            .thenComparingInt(CallKey::ledgerDay)
            .thenComparing(CallKey::id);

    /** The key of an event. */
    public static CallKey of(String tenant, int ledgerDay, String eventId) {
        return new CallKey(tenant, ledgerDay, idOf(tenant, eventId));
    }

    /** What an event id is stored as. */
    public static UUID idOf(String tenant, String eventId) {
        ByteBuffer hash = sha256(tenant, eventId);
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** What a user id is counted by. */
    public static long userHash(String tenant, String userId) {
        return sha256(tenant, userId).getLong();
    }

    @Override
    public int compareTo(CallKey other) {
        return ORDER.compare(this, other);
    }

    private static ByteBuffer sha256(String tenant, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tenant.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
