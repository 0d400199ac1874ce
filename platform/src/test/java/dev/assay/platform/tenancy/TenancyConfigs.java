package dev.assay.platform.tenancy;

import io.smallrye.config.SmallRyeConfigBuilder;

/** Configurations as a service reads them. */
final class TenancyConfigs {
    static TenancyConfig of(String pepper, String internalPublicKey) {
        return new SmallRyeConfigBuilder()
                .withMapping(TenancyConfig.class)
                .withDefaultValue("assay.tenancy.pepper", pepper)
                .withDefaultValue("assay.tenancy.internal-public-key", internalPublicKey)
                .build()
                .getConfigMapping(TenancyConfig.class);
    }

    private TenancyConfigs() {}
}
