package dev.assay.ingest.app;

import dev.assay.platform.tenancy.TenancyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes texts under the installation's pepper and the project: the same text of two projects has two hashes. */
@ApplicationScoped
class TenantHash {
    private final SecretKeySpec key;

    TenantHash(TenancyConfig config) {
        this.key = new SecretKeySpec(config.pepper().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** 128 bits in hex. */
    String of(String tenant, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(tenant.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
