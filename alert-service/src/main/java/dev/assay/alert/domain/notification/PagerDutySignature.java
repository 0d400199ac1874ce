package dev.assay.alert.domain.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a PagerDuty webhook, version 3: {@code v1=} and the hex HMAC-SHA256 of the body as it was sent,
 * under the subscription's secret. While a secret is changed there are several, separated by commas; one that matches
 * is enough.
 *
 * @see <a href="https://developer.pagerduty.com/docs/verifying-webhook-signatures">PagerDuty: verifying signatures</a>
 */
public final class PagerDutySignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";
    private static final int MAX_SIGNATURES = 10;

    private PagerDutySignature() {}

    /** The header for a body. */
    public static String of(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return VERSION + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** Whether one of the header's signatures is right; takes the same time for every wrong one. */
    public static boolean matches(String header, String secret, byte[] body) {
        byte[] right = of(secret, body).getBytes(StandardCharsets.US_ASCII);
        boolean matches = false;
        for (String signature : header.split(",", MAX_SIGNATURES + 1)) {
            matches |= MessageDigest.isEqual(signature.strip().getBytes(StandardCharsets.US_ASCII), right);
        }
        return matches;
    }
}
