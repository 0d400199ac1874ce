package dev.assay.platform.tenancy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Reads as the reader role with the tenant set, so that row-level security shows one project's rows even to a query that
 * forgets to ask for them.
 */
@ApplicationScoped
public class TenantReads {
    private final Pool pool;

    TenantReads(@ReactiveDataSource("reader") Pool pool) {
        this.pool = pool;
    }

    /** Runs {@code work} in one transaction that sees the rows of {@code tenant} alone. */
    public <T> Uni<T> with(String tenant, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("select set_config('assay.tenant', $1, true)")
                .execute(Tuple.of(tenant))
                .chain(() -> work.apply(connection)));
    }
}
