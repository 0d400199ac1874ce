package dev.assay.dashboard.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Optional;

/** What an operator can set. */
@ConfigMapping(prefix = "assay.dashboard")
public interface DashboardConfig {
    /** The project that the page opens with. */
    @NotBlank
    String bootstrapProject();

    /** Further projects that the picker offers; others open by their id. */
    Optional<List<String>> projects();

    /** Host names beside 127.0.0.1, localhost and [::1] under which the page may be asked for. */
    Optional<List<String>> allowedHosts();

    /** Base64 of an Ed25519 private key in PKCS#8 form, with which requests to the services are signed. */
    Optional<String> internalPrivateKey();

    /** Where people send calls to, as shown on an empty page. */
    @NotBlank
    String ingestPublicUrl();
}
