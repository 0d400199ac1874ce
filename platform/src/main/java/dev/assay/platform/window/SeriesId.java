package dev.assay.platform.window;

import dev.assay.contracts.common.v1.Dimensions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of a series: the first eight bytes of SHA-256 over the tenant and the dimensions.
 *
 * <p>Computed, not handed out, so every service and replica comes to the same id without asking. A dimension that is not
 * given counts as empty.
 */
public final class SeriesId {
    private SeriesId() {}

    /** The id of a tenant's series. */
    public static long of(String tenant, Dimensions dimensions) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream(128);
        put(fields, tenant);
        put(fields, dimensions.getEnvironment());
        put(fields, dimensions.getApp());
        put(fields, dimensions.getEndpoint());
        put(fields, dimensions.getProvider());
        put(fields, dimensions.getModel());
        put(fields, dimensions.getVariant());
        put(fields, dimensions.getPromptVersion());
        return ByteBuffer.wrap(sha256(fields.toByteArray())).getLong();
    }

    /** A field behind its length, so that no two lists of fields give the same bytes. */
    private static void put(ByteArrayOutputStream fields, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        fields.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        fields.writeBytes(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
