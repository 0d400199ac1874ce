package dev.assay.platform.tenancy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The installation's secret under which secrets of keys are hashed, made ready once: it is needed with every request. */
final class Pepper {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac keyed;

    Pepper(String pepper) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    /** HMAC-SHA256 of the text, 32 bytes. Safe for any thread. */
    byte[] hmac(String text) {
        try {
            Mac mac = (Mac) keyed.clone();
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " of the JDK can be cloned", e);
        }
    }
}
