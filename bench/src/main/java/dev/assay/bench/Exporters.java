package dev.assay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/** A fleet of exporters, each with a connection of its own: a request goes to whichever is free. */
final class Exporters implements AutoCloseable {
    /** What a request is told that got no answer. */
    static final int NO_ANSWER = 0;

    private final LinkedBlockingQueue<HttpConnection> free = new LinkedBlockingQueue<>();
    private final List<HttpConnection> all = new ArrayList<>();
    private final ExecutorService threads;

    Exporters(String url, String key, Entrance entrance, int exporters) throws IOException {
        threads = Executors.newFixedThreadPool(exporters);
        for (int i = 0; i < exporters; i++) {
            HttpConnection connection = new HttpConnection(URI.create(url + entrance.path), key, entrance.contentType);
            all.add(connection);
            free.add(connection);
        }
    }

    /** Sends when an exporter is free; {@code done} is given the answer's status. */
    void post(byte[] request, IntConsumer done) {
        threads.execute(() -> done.accept(status(request)));
    }

    private int status(byte[] request) {
        HttpConnection connection = free.remove();
        try {
            return connection.post(request);
        } catch (IOException e) {
            Bench.say("no answer: " + e.getMessage());
            return NO_ANSWER;
        } finally {
            free.add(connection);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        for (HttpConnection connection : all) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
