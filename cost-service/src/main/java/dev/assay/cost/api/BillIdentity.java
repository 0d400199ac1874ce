package dev.assay.cost.api;

import dev.assay.cost.api.bill.BillFormat;
import dev.assay.cost.api.bill.BillRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;

/** The id of a bill: the same bytes, read the same way for the same project, have the same one. */
final class BillIdentity {
    private BillIdentity() {}

    static UUID of(String tenant, BillFormat format, BillRequest request, String body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<String> reading = List.of(
                    tenant,
                    format.label(),
                    Objects.requireNonNullElse(request.provider(), ""),
                    String.join("\0\0", new TreeSet<>(request.services())),
                    Objects.requireNonNullElse(request.modelColumn(), ""),
                    body);
            for (String part : reading) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update(new byte[] {0, 0, 0});
            }
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
