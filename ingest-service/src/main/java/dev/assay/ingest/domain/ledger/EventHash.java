package dev.assay.ingest.domain.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Fixed-size stand-ins for ids of any length: bytes of SHA-256(tenant, 0, id). */
public final class EventHash {
    private static final byte[] SEPARATOR = {0};

    /** 128 bits for an event, by which the ledger knows it. */
    public static UUID of(String tenant, String eventId) {
        ByteBuffer hash = sha256(tenant, eventId);
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** 64 bits for a trace, by which its events are found; the trace id itself tells apart what collides. */
    public static long ofTrace(String tenant, String traceId) {
        return sha256(tenant, traceId).getLong();
    }

    private static ByteBuffer sha256(String tenant, String id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tenant.getBytes(StandardCharsets.UTF_8));
            digest.update(SEPARATOR);
            return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private EventHash() {}
}
