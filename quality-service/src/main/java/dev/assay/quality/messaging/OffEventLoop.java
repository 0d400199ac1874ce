package dev.assay.quality.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Runs work that keeps a processor busy on a worker thread and comes back to where it was asked. */
final class OffEventLoop {
    private OffEventLoop() {}

    static <T> Uni<T> run(Supplier<T> work) {
        Context context = Vertx.currentContext();
        Uni<T> done = Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return context == null ? done : done.emitOn(next -> context.runOnContext(ignored -> next.run()));
    }
}
