package dev.assay.alert.store;

import dev.assay.alert.app.InboundStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Webhooks of others in PostgreSQL; their secrets are sealed beside the receiver's own. */
@ApplicationScoped
class SqlInboundStore implements InboundStore {
    private static final String WEBHOOK = "/webhook";

    private final Pool pool;
    private final ReceiverSecrets secrets;

    SqlInboundStore(Pool pool, ReceiverSecrets secrets) {
        this.pool = pool;
        this.secrets = secrets;
    }

    @Override
    public Uni<Optional<String>> pagerDutySecret(String tenant, String receiver) {
        return pool.preparedQuery("""
                        select webhook_secret from receiver
                        where tenant = $1 and receiver_id = $2 and type = 'pagerduty' and webhook_secret is not null""").execute(Tuple.of(tenant, receiver)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            if (!found.hasNext()) {
                return Optional.empty();
            }
            Buffer sealed = found.next().getBuffer(0);
            return Optional.of(secrets.open(tenant, receiver + WEBHOOK, sealed.getBytes()));
        });
    }

    @Override
    public Uni<Boolean> setPagerDutySecret(String tenant, String receiver, String secret) {
        return pool.preparedQuery("""
                        update receiver set webhook_secret = $3
                        where tenant = $1 and receiver_id = $2 and type = 'pagerduty'""")
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addString(receiver)
                        .addBuffer(Buffer.buffer(secrets.seal(tenant, receiver + WEBHOOK, secret))))
                .map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Uni<Boolean> isKnown(String tenant, String receiver, String event) {
        return pool.preparedQuery(
                        "select 1 from inbound_event where tenant = $1 and receiver_id = $2 and event_id = $3")
                .execute(Tuple.of(tenant, receiver, event))
                .map(rows -> rows.size() > 0);
    }

    @Override
    public Uni<Void> note(String tenant, String receiver, String event) {
        return pool.preparedQuery("""
                        insert into inbound_event (tenant, receiver_id, event_id) values ($1, $2, $3)
                        on conflict do nothing""")
                .execute(Tuple.of(tenant, receiver, event))
                .replaceWithVoid();
    }
}
