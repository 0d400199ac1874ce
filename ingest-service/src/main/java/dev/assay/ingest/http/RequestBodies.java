package dev.assay.ingest.http;

import dev.assay.ingest.app.InFlight;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Reads the bodies of requests: bounded before and after decompression, and charged to the bytes in flight until the answer
 * is made.
 */
@ApplicationScoped
public class RequestBodies {
    /** Larger ones are worked on away from the event loop. */
    private static final int SMALL_BYTES = 128 * 1024;

    private static final long DROPPED_LIMITS = 4;

    private final InFlight inFlight;
    private final int limit;
    private final Vertx vertx;

    RequestBodies(InFlight inFlight, IngestConfig config, Vertx vertx) {
        this.inFlight = inFlight;
        this.limit = config.maxBodyBytes();
        this.vertx = vertx;
    }

    /** What {@code work} makes of the body. Fails with the problem that the body has: 400, 413, 415 or 429. */
    public <T> Uni<T> with(HttpServerRequest request, Function<Body, Uni<T>> work) {
        return with(request, limit, work);
    }

    /** As {@link #with(HttpServerRequest, Function)}, with a limit of its own. */
    public <T> Uni<T> with(HttpServerRequest request, int maxBytes, Function<Body, Uni<T>> work) {
        InFlight.Lease lease = inFlight.lease();
        return Uni.createFrom()
                .<Buffer>emitter(emitter -> new Reader(request, maxBytes, lease, emitter).start())
                .chain(buffer -> decoded(request, buffer, maxBytes, lease, work))
                .onTermination()
                .invoke(lease::close);
    }

    private <T> Uni<T> decoded(
            HttpServerRequest request, Buffer buffer, int maxBytes, InFlight.Lease lease, Function<Body, Uni<T>> work) {
        ContentCoding coding = Objects.requireNonNullElse(ContentCoding.find(request), ContentCoding.IDENTITY);
        boolean plainly = coding == ContentCoding.IDENTITY;
        Callable<Uni<T>> task = () -> {
            byte[] bytes = buffer.getBytes();
            if (plainly) {
                return work.apply(new Body(bytes, bytes.length));
            }
            Body plain = Decompressor.decompress(coding, bytes, maxBytes);
            lease.take(plain.length());
            return work.apply(plain);
        };
        return buffer.length() <= (plainly ? SMALL_BYTES : SMALL_BYTES / 8) ? here(task) : elsewhere(task);
    }

    private static <T> Uni<T> here(Callable<Uni<T>> task) {
        try {
            return task.call();
        } catch (Exception e) {
            return Uni.createFrom().failure(e);
        }
    }

    /** On a worker thread; what comes after continues on the request's own context. */
    private <T> Uni<T> elsewhere(Callable<Uni<T>> task) {
        Context context = vertx.getOrCreateContext();
        return Uni.createFrom()
                .completionStage(() -> context.executeBlocking(task, false).toCompletionStage())
                .flatMap(inner -> inner);
    }

    /** Collects the chunks of one request on its event loop. */
    private static final class Reader {
        private final HttpServerRequest request;
        private final int limit;
        private final InFlight.Lease lease;
        private final UniEmitter<? super Buffer> emitter;
        private final Buffer collected;
        private long dropped;
        private boolean done;

        Reader(HttpServerRequest request, int limit, InFlight.Lease lease, UniEmitter<? super Buffer> emitter) {
            this.request = request;
            this.limit = limit;
            this.lease = lease;
            this.emitter = emitter;
            // room for what is announced, so that nothing is copied as it grows; a mere announcement gets no more than
            // a little
            this.collected = Buffer.buffer((int) Math.max(0, Math.min(announced(), SMALL_BYTES / 2)));
        }

        void start() {
            request.exceptionHandler(failure -> finish(Problem.badRequest(null, "the body broke off")));
            request.handler(this::add);
            request.endHandler(end -> {
                if (!done) {
                    done = true;
                    emitter.complete(collected);
                }
            });
            if (ContentCoding.find(request) == null) {
                finish(ContentCoding.unsupported());
            } else if (announced() > limit) {
                finish(Decompressor.tooLarge(limit));
            }
            request.resume();
        }

        private long announced() {
            String length = request.getHeader("content-length");
            try {
                return length == null ? 0 : Long.parseLong(length);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private void add(Buffer chunk) {
            if (done) {
                drop(chunk); // the answer is on its way
                return;
            }
            if (collected.length() + chunk.length() > limit) {
                finish(Decompressor.tooLarge(limit));
                return;
            }
            try {
                lease.take(chunk.length());
                collected.appendBuffer(chunk);
            } catch (Problem full) {
                finish(full);
            }
        }

        /** A client that has not heard the answer yet may go on for a while, but not for ever. */
        private void drop(Buffer chunk) {
            dropped += chunk.length();
            if (dropped > DROPPED_LIMITS * limit) {
                request.connection().close();
            }
        }

        private void finish(Problem problem) {
            if (!done) {
                done = true;
                emitter.fail(problem);
            }
        }
    }
}
