package dev.assay.platform.tenancy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Optional;

/** Keys and tokens. */
@ConfigMapping(prefix = "assay.tenancy")
public interface TenancyConfig {
    /** The secret under which API keys are hashed; the same for every service of an installation. At least 16 characters. */
    @Size(min = 16, message = "assay.tenancy.pepper (ASSAY_KEY_PEPPER) must have at least 16 characters")
    String pepper();

    /** The installation's own project: its admin keys look after all. */
    @WithDefault("default")
    String builtInProject();

    /** The dashboard's public key, base64 of an Ed25519 SubjectPublicKeyInfo; without it internal tokens are refused. */
    Optional<String> internalPublicKey();

    /** How long a service waits at start for the project directory before it asks Kafka again. */
    @WithDefault("10s")
    Duration directoryPoll();
}
