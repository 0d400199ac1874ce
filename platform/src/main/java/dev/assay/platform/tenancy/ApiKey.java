package dev.assay.platform.tenancy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its owner holds it: {@code assay_<id>_<secret>}.
 *
 * <p>The secret has 256 random bits, so a fast keyed hash keeps it safe at rest: what is stored is HMAC-SHA256 of the
 * secret under the installation's pepper, never the secret.
 *
 * @param id the public part, by which a key is found, listed and revoked
 * @param secret the part that proves possession
 */
public record ApiKey(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("assay_([A-Za-z0-9]{8,24})_([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 12;

    /** A new key. */
    public static ApiKey random() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new ApiKey(id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The key written as {@code text}, or empty when the text has not the form of a key. */
    public static Optional<ApiKey> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ApiKey(form.group(1), form.group(2))) : Optional.empty();
    }

    /** The keyed hash under which the secret is stored and compared. */
    public byte[] hmac(String pepper) {
        return hmac(new Pepper(pepper));
    }

    byte[] hmac(Pepper pepper) {
        return pepper.hmac(secret);
    }

    /** The key as shown to its owner, once. */
    public String text() {
        return "assay_" + id + "_" + secret;
    }

    /** Without the secret, so that a key in a log line gives nothing away. */
    @Override
    public String toString() {
        return "assay_" + id + "_…";
    }
}
