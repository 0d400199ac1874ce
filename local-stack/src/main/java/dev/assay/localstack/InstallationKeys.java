package dev.assay.localstack;

import dev.assay.localstack.postgres.DatabaseRoles;
import dev.assay.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The secrets of an installation: the built-in project's API key, the pepper that keys are hashed with, the key pair
 * of the dashboard's internal tokens, and the passwords of the database roles.
 */
public final class InstallationKeys {
    private static final int KEY_ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final int PASSWORD_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Properties values;

    private InstallationKeys(Properties values) {
        this.values = values;
    }

    /** New secrets. */
    public static InstallationKeys generate() {
        Properties values = new Properties();
        values.setProperty("api-key", "assay_" + hex(KEY_ID_BYTES) + "_" + base64Url(SECRET_BYTES));
        values.setProperty("pepper", hex(SECRET_BYTES));
        KeyPair pair = ed25519();
        Base64.Encoder base64 = Base64.getEncoder();
        values.setProperty(
                "internal-private-key", base64.encodeToString(pair.getPrivate().getEncoded()));
        values.setProperty(
                "internal-public-key", base64.encodeToString(pair.getPublic().getEncoded()));
        values.setProperty("password." + PostgresServer.ADMIN, hex(PASSWORD_BYTES));
        for (String schema : DatabaseRoles.SCHEMAS) {
            for (String kind : DatabaseRoles.KINDS) {
                values.setProperty("password." + schema + "_" + kind, hex(PASSWORD_BYTES));
            }
        }
        return new InstallationKeys(values);
    }

    /** The secrets in {@code file}, which is made, readable by its owner alone, when it is missing. */
    public static InstallationKeys loadOrGenerate(Path file) throws IOException {
        if (Files.exists(file)) {
            Properties values = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            }
            return new InstallationKeys(values);
        }
        InstallationKeys keys = generate();
        Files.createDirectories(file.getParent());
        Path partial = Files.createTempFile(
                file.getParent(),
                "keys-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(partial)) {
            for (var entry : new TreeMap<>(keys.values).entrySet()) {
                writer.write(entry.getKey() + "=" + entry.getValue() + "\n");
            }
        }
        Files.move(partial, file);
        return keys;
    }

    /** The built-in project's API key, {@code assay_<id>_<secret>}. */
    public String apiKey() {
        return value("api-key");
    }

    /** What API keys are hashed with, the same for every service. */
    public String pepper() {
        return value("pepper");
    }

    /** PKCS#8 in base64: signs the dashboard's internal tokens. */
    public String internalPrivateKey() {
        return value("internal-private-key");
    }

    /** X.509 SubjectPublicKeyInfo in base64: checks the dashboard's internal tokens. */
    public String internalPublicKey() {
        return value("internal-public-key");
    }

    /** The password of a database role. */
    public String password(String role) {
        return value("password." + role);
    }

    private String value(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no such secret: " + name);
        }
        return value;
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** As the services make and read the secrets of API keys. */
    private static String base64Url(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
