package dev.assay.system;

import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a process that does not get ready says of itself: its health, its threads and the end of its log. */
final class PostMortem {
    private static final int LINES = 400;
    private static final Duration THREADS = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    static String of(ServiceProcess process) throws IOException {
        if (!process.isAlive()) {
            return process.name() + " has ended\n" + end(process.log());
        }
        String health = health(process);
        // the JVM answers SIGQUIT with its threads, in the log
        process.signal("QUIT");
        LockSupport.parkNanos(THREADS.toNanos());
        return process.name() + " is alive, its health: " + health + "\n" + end(process.log());
    }

    private static String health(ServiceProcess process) {
        HttpRequest question = HttpRequest.newBuilder(URI.create(process.managementUrl() + "/q/health"))
                .timeout(ANSWER)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(question, BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "none (" + e + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "none (interrupted)";
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    private PostMortem() {}
}
