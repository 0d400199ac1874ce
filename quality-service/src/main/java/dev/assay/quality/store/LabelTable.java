package dev.assay.quality.store;

import dev.assay.platform.tenancy.TenantReads;
import dev.assay.quality.app.Labels;
import dev.assay.quality.domain.EventHash;
import dev.assay.quality.domain.judge.Agreement.Pair;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What people gave responses. */
@ApplicationScoped
class LabelTable implements Labels {
    private final Pool pool;
    private final TenantReads reads;

    LabelTable(Pool pool, TenantReads reads) {
        this.pool = pool;
        this.reads = reads;
    }

    @Override
    public Uni<Boolean> put(String tenant, String eventId, String criterion, String labeler, int score, Instant now) {
        UUID hash = EventHash.of(tenant, eventId);
        return pool.preparedQuery("""
                        insert into label (tenant, event_hash, event_id, criterion, labeler, score, labeled_us)
                        select $1, $2, $3, $4, $5, $6, $7
                        where exists (select 1 from call_score where tenant = $1 and event_hash = $2 and not withdrawn)
                        on conflict (tenant, event_hash, criterion, labeler) do update
                        set score = excluded.score, labeled_us = excluded.labeled_us""")
                .execute(Tuple.of(tenant, hash, eventId, criterion, labeler)
                        .addShort((short) score)
                        .addLong(ChronoUnit.MICROS.between(Instant.EPOCH, now)))
                .map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Uni<List<Item>> queue(String tenant, String epoch, String criterion, String labeler, int limit) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                        select t.event_id, t.prompt, t.response, t.context from judge_task t
                        where t.tenant = $1 and t.epoch = $2 and t.state = 1 and not exists (
                          select 1 from label l where l.tenant = t.tenant and l.event_hash = t.event_hash
                            and l.criterion = $3 and l.labeler = $4)
                        order by t.event_hash limit $5""")
                        .execute(Tuple.of(tenant, epoch, criterion, labeler, limit))
                        .map(rows -> {
                            List<Item> items = new ArrayList<>();
                            rows.forEach(row -> items.add(
                                    new Item(row.getString(0), row.getString(1), row.getString(2), row.getString(3))));
                            return items;
                        }));
    }

    @Override
    public Uni<Map<String, List<Pair>>> pairs(String tenant, String epoch) {
        return reads.with(
                tenant,
                connection -> connection
                        .preparedQuery("""
                        select l.criterion, percentile_disc(0.5) within group (order by l.score) as person,
                          min(s.score) as judge
                        from label l
                        join judge_task t on t.tenant = l.tenant and t.event_hash = l.event_hash and t.epoch = $2
                          and t.state = 1
                        join judge_score s on s.tenant = l.tenant and s.event_hash = l.event_hash and s.epoch = $2
                          and s.criterion = l.criterion
                        where l.tenant = $1 group by l.criterion, l.event_hash""")
                        .execute(Tuple.of(tenant, epoch))
                        .map(rows -> {
                            Map<String, List<Pair>> pairs = new TreeMap<>();
                            rows.forEach(row -> pairs.computeIfAbsent(row.getString(0), none -> new ArrayList<>())
                                    .add(new Pair(row.getShort(1), row.getShort(2))));
                            return pairs;
                        }));
    }
}
