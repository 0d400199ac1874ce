package dev.assay.alert.store;

import dev.assay.platform.tenancy.SecretBox;
import dev.assay.platform.tenancy.TenancyConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** Seals receivers' secrets, each bound to its project and receiver. */
@ApplicationScoped
class ReceiverSecrets {
    private final SecretBox box;

    ReceiverSecrets(TenancyConfig config) {
        this.box = new SecretBox(config, "assay/alert/receiver-secret/v1");
    }

    byte[] seal(String tenant, String receiverId, String secret) {
        return box.seal(tenant + "/" + receiverId, secret);
    }

    String open(String tenant, String receiverId, byte[] sealed) {
        return box.open(tenant + "/" + receiverId, sealed);
    }
}
