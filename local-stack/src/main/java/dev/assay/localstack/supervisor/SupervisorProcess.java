package dev.assay.localstack.supervisor;

import dev.assay.localstack.InstallationHome;
import dev.assay.localstack.JavaRuntime;
import dev.assay.localstack.LogFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the supervisor as a process of its own, out of reach of the terminal's Ctrl-C. */
public final class SupervisorProcess {

    /** Starts it for this home; the ports come from our environment. */
    public static ProcessHandle launch(InstallationHome home) throws IOException {
        Path log = home.log("supervisor");
        new LogFile(log).prepare();
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of(
                JavaRuntime.newest().program().toString(),
                home.marker(),
                "-Dassay.process=supervisor",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                home.programs().resolve("local-stack") + "/*",
                SupervisorMain.class.getName(),
                home.root().toString()));
        return new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .toHandle();
    }

    private SupervisorProcess() {}
}
