package dev.assay.cost.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.app.CallKey;
import dev.assay.cost.app.PricedCall;
import dev.assay.cost.app.PricedCalls;
import dev.assay.platform.tenancy.TenantReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Single calls from the ledger. */
@ApplicationScoped
class PricedCallReader implements PricedCalls {
    static final String COLUMNS = """
            l.event_id, l.start_us, l.currency, l.list_cost::text as list_cost, l.unpriced_reason,
            l.unpriced_detail, l.price_version, l.price_key, l.price_match, l.price_assumed, l.charges::text as charges,
            l.billing, s.environment, s.app, s.endpoint, s.provider, s.model, s.variant, s.prompt_version""";

    static final String FROM = "from ledger l left join series s on s.tenant = l.tenant and s.series_id = l.series_id";

    private static final String FIND =
            "select " + COLUMNS + " " + FROM + " where l.tenant = $1 and l.id = $2 and not l.withdrawn";

    private final TenantReads reads;

    PricedCallReader(TenantReads reads) {
        this.reads = reads;
    }

    @Override
    public Uni<Optional<PricedCall>> find(String tenant, String eventId) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery(FIND)
                        .execute(Tuple.of(tenant, CallKey.idOf(tenant, eventId)))
                        .map(rows -> rows.size() == 0
                                ? Optional.empty()
                                : Optional.of(call(rows.iterator().next()))));
    }

    static PricedCall call(Row row) {
        String cost = row.getString("list_cost");
        String charges = row.getString("charges");
        return new PricedCall(
                row.getString("event_id"),
                LedgerStore.dimensions(row),
                row.getLong("start_us"),
                row.getString("currency"),
                cost == null ? null : new BigDecimal(cost),
                row.getString("unpriced_reason"),
                row.getString("unpriced_detail"),
                row.getString("price_version"),
                row.getString("price_key"),
                row.getString("price_match"),
                row.getBoolean("price_assumed"),
                charges == null ? List.of() : ChargesJson.read(charges),
                billing(row.getBuffer("billing").getBytes()));
    }

    private static Call billing(byte[] bytes) {
        try {
            return Call.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger's billing fields cannot be read", e);
        }
    }
}
