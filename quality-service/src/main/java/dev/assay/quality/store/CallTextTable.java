package dev.assay.quality.store;

import dev.assay.quality.app.CallTexts;
import dev.assay.quality.app.ScoredCall;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The openings of queries, by call and by trace. */
@ApplicationScoped
class CallTextTable implements CallTexts {
    private static final String KEEP = """
            insert into call_text as t (tenant, event_hash, trace_hash, minute, query)
            select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::text[])
            on conflict (tenant, event_hash) do update
            set trace_hash = excluded.trace_hash, minute = excluded.minute, query = excluded.query""";

    private static final String FORGET = """
            delete from call_text t using unnest($1::text[], $2::uuid[]) as k(tenant, event_hash)
            where t.tenant = k.tenant and t.event_hash = k.event_hash""";

    @Override
    public Uni<Void> put(SqlConnection tx, List<ScoredCall> calls) {
        List<ScoredCall> kept =
                calls.stream().filter(call -> !call.query().isEmpty()).toList();
        List<ScoredCall> gone =
                calls.stream().filter(call -> call.query().isEmpty()).toList();
        return keep(tx, kept).chain(() -> forget(tx, gone));
    }

    private static Uni<Void> keep(SqlConnection tx, List<ScoredCall> calls) {
        return calls.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(KEEP)
                        .execute(new Columns<>(calls)
                                .text(call -> call.key().tenant())
                                .uuid(call -> call.key().event())
                                .uuid(ScoredCall::trace)
                                .integer(call -> Math.toIntExact(call.minute()))
                                .text(ScoredCall::query)
                                .tuple())
                        .replaceWithVoid();
    }

    private static Uni<Void> forget(SqlConnection tx, List<ScoredCall> calls) {
        return calls.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FORGET)
                        .execute(new Columns<>(calls)
                                .text(call -> call.key().tenant())
                                .uuid(call -> call.key().event())
                                .tuple())
                        .replaceWithVoid();
    }
}
