package dev.assay.alert.store;

import dev.assay.platform.tenancy.TenancyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals receivers' secrets with AES-256-GCM. The key is derived from the installation's pepper, and each secret is bound
 * to its project and receiver, so that a row copied to another cannot be opened there.
 */
@ApplicationScoped
class SecretBox {
    private static final String PURPOSE = "assay/alert/receiver-secret/v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    SecretBox(TenancyConfig config) {
        this.key = key(config.pepper());
    }

    /** The sealed secret: nonce, then ciphertext with its tag. */
    byte[] seal(String tenant, String receiverId, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, tenant, receiverId, secret.getBytes(StandardCharsets.UTF_8));
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return whole;
    }

    /**
     * The secret.
     *
     * @throws IllegalStateException if it was sealed under another pepper or for another receiver
     */
    String open(String tenant, String receiverId, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return new String(crypt(Cipher.DECRYPT_MODE, nonce, tenant, receiverId, rest), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] nonce, String tenant, String receiverId, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((tenant + "/" + receiverId).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the receiver's secret cannot be opened: was ASSAY_KEY_PEPPER changed?", e);
        }
    }

    private static SecretKeySpec key(String pepper) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
