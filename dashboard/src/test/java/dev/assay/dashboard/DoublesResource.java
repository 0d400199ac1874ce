package dev.assay.dashboard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Starts the doubles once for all tests, and gives the dashboard a key of its own. */
public class DoublesResource implements QuarkusTestResourceLifecycleManager {
    static final ServiceDoubles DOUBLES = new ServiceDoubles();
    static final KeyPair KEYS = keys();

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(DOUBLES.start());
        config.put("ASSAY_BOOTSTRAP_PROJECT", "support-assistant");
        config.put("ASSAY_DASHBOARD_PROJECTS", "demo");
        config.put("ASSAY_DASHBOARD_ALLOWED_HOSTS", "assay.example");
        config.put(
                "ASSAY_INTERNAL_PRIVATE_KEY",
                Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded()));
        return config;
    }

    @Override
    public void stop() {
        DOUBLES.stop();
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
