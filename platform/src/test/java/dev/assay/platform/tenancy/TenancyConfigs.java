package dev.assay.platform.tenancy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;

/** Configurations with given values; a proxy, because a class would carry the constraints of the interface into CDI. */
final class TenancyConfigs {
    static TenancyConfig of(String pepper, String internalPublicKey) {
        return (TenancyConfig) Proxy.newProxyInstance(
                TenancyConfig.class.getClassLoader(),
                new Class<?>[] {TenancyConfig.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "pepper" -> pepper;
                    case "internalPublicKey" -> Optional.of(internalPublicKey);
                    case "directoryPoll" -> Duration.ofSeconds(1);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private TenancyConfigs() {}
}
