package dev.assay.alert.domain.incident;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The name of an incident, computed from what it is, so that evaluating again after a crash cannot open a second one. */
public final class IncidentId {
    private static final int BYTES = 12;

    private IncidentId() {}

    /** The incident of a rule and its labels whose condition began to hold at a minute since the epoch. */
    public static String of(String tenant, String ruleId, String labelsKey, long activeSince) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream(128);
        for (String field : new String[] {tenant, ruleId, labelsKey, Long.toString(activeSince)}) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            fields.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            fields.writeBytes(bytes);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(fields.toByteArray());
            return "inc-" + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
