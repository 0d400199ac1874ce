package dev.assay.alert.domain.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a webhook: hex HMAC-SHA256 of timestamp + "." + body under the receiver's secret. The timestamp is
 * signed too, so that a receiver can refuse what is replayed later.
 */
public final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The signature of {@code body} sent at {@code timestamp}, seconds since the epoch. */
    public static String of(String secret, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** Whether {@code signature} is the right one; takes the same time for every wrong one. */
    public static boolean matches(String signature, String secret, long timestamp, String body) {
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.US_ASCII),
                of(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII));
    }
}
