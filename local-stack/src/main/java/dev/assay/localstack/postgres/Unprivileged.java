package dev.assay.localstack.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL, which refuses to run as root, is run by whoever started us. In each way the process started is
 * PostgreSQL itself, so its id can be signalled.
 */
enum Unprivileged {
    /** An ordinary user: as we are. */
    AS_WE_ARE(),
    /** Root in a kernel with user namespaces: root outside, nobody inside. Files stay root's. */
    IN_USER_NAMESPACE("unshare", "-U"),
    /** Root in a container that forbids namespaces: as nobody, who must own the data. */
    AS_NOBODY("setpriv", "--reuid=" + Unprivileged.NOBODY, "--regid=" + Unprivileged.NOBODY, "--clear-groups");

    private static final String NOBODY = "65534";
    private static final int PROBE_SECONDS = 10;

    private final List<String> prefix;

    Unprivileged(String... prefix) {
        this.prefix = List.of(prefix);
    }

    /** The first way that works here. */
    static Unprivileged here() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return AS_WE_ARE;
        }
        for (Unprivileged way : List.of(IN_USER_NAMESPACE, AS_NOBODY)) {
            if (way.works()) {
                return way;
            }
        }
        throw new IOException("PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` works here:"
                + " start Assay as an ordinary user");
    }

    /** The command that runs this command unprivileged. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Where binaries may be unpacked so that the process can read them. */
    Path cache() {
        Path home = Path.of(System.getProperty("user.home"));
        if (this == AS_NOBODY || !Files.isWritable(home)) {
            return Path.of(System.getProperty("java.io.tmpdir"), "assay-" + System.getProperty("user.name"));
        }
        return home.resolve(".cache").resolve("assay");
    }

    /** Gives the process what it must own. */
    void own(Path path) throws IOException {
        if (this == AS_NOBODY) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", Integer.valueOf(NOBODY));
                    Files.setAttribute(file, "unix:gid", Integer.valueOf(NOBODY));
                }
            }
        }
    }

    /** Fails with what to do about it when the process could not reach the directory. */
    void requireAccess(Path directory) throws IOException {
        if (!succeeds(List.of("test", "-w", directory.toString()))) {
            throw new IOException("PostgreSQL, which runs as user " + NOBODY + " here, cannot reach " + directory
                    + ": set ASSAY_HOME to a directory below one that every user may enter, or start Assay as an"
                    + " ordinary user");
        }
    }

    private boolean works() {
        return succeeds(List.of("true"));
    }

    private boolean succeeds(List<String> command) {
        try {
            Process probe = new ProcessBuilder(command(command))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            return probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
