package dev.assay.platform.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns an {@code Authorization} header into a {@link Caller}.
 *
 * <p>Accepted: {@code Bearer <API key>}, {@code Bearer <internal token>}, and {@code Basic <any user>:<API key>} for
 * clients that know nothing else.
 */
@ApplicationScoped
public class Authenticator {
    private final ProjectDirectory directory;
    private final InternalToken internalToken;

    Authenticator(ProjectDirectory directory, InternalToken internalToken) {
        this.directory = directory;
        this.internalToken = internalToken;
    }

    /** The caller, or empty when the header is missing, malformed, unknown, revoked or expired. */
    public Optional<Caller> authenticate(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            String credential = authorization.substring(7).trim();
            return credential.startsWith("assay_")
                    ? directory.authenticate(credential)
                    : internalToken.authenticate(credential);
        }
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return basicPassword(authorization.substring(6).trim()).flatMap(directory::authenticate);
        }
        return Optional.empty();
    }

    private static Optional<String> basicPassword(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
