package dev.assay.cost.store;

import dev.assay.cost.app.Reservations;
import dev.assay.localstack.TestStack;
import dev.assay.platform.tenancy.TenantReads;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/** What another replica of the service has of its own: its pool of connections and its store. */
public record Replica(io.vertx.sqlclient.Pool pool, Reservations reservations) implements AutoCloseable {

    public static Replica start(Vertx vertx, TenantReads reads, int connections) {
        TestStack stack = TestStack.shared();
        PgConnectOptions options = PgConnectOptions.fromUri(
                        stack.jdbcUrl().substring("jdbc:".length()).replaceFirst("\\?.*", ""))
                .setUser("cost_writer")
                .setPassword(stack.password("cost_writer"))
                .setCachePreparedStatements(true);
        io.vertx.sqlclient.Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options)
                .using(vertx)
                .build();
        return new Replica(pool, new ReservationStore(new io.vertx.mutiny.sqlclient.Pool(pool), reads));
    }

    @Override
    public void close() {
        pool.close();
    }
}
