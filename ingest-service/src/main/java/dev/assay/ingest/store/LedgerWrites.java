package dev.assay.ingest.store;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.EventHash;
import dev.assay.ingest.domain.ledger.LedgerChange;
import dev.assay.ingest.domain.ledger.LedgerEntry;
import dev.assay.platform.window.SeriesId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what a batch changed in the ledger. The statements of a batch go out together, without waiting for each other. */
@ApplicationScoped
public class LedgerWrites {
    private static final String INSERT = """
            insert into call (tenant, ledger_day, id, event_id, trace_id, start_us, series_id, countable, superseded,
              status, user_id, session_id, generation, partition_id, record_offset, sent, call, records, kind,
              error_class, duration_us, ttft_us, input_tokens, output_tokens)
            select * from unnest($1::text[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
              $8::bool[], $9::bool[], $10::smallint[], $11::text[], $12::text[], $13::bigint[], $14::int[],
              $15::bigint[], $16::smallint[], $17::bytea[], $18::bytea[], $19::smallint[], $20::text[], $21::bigint[],
              $22::bigint[], $23::bigint[], $24::bigint[])""";

    private static final String UPDATE = """
            update call c set trace_id = u.trace_id, start_us = u.start_us, series_id = u.series_id,
              countable = u.countable, superseded = u.superseded, status = u.status, user_id = u.user_id,
              session_id = u.session_id, generation = u.generation, partition_id = u.partition_id,
              record_offset = u.record_offset, sent = u.sent, call = u.call, records = u.records, kind = u.kind,
              error_class = u.error_class, duration_us = u.duration_us, ttft_us = u.ttft_us,
              input_tokens = u.input_tokens, output_tokens = u.output_tokens
            from unnest($1::text[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
              $8::bool[], $9::bool[], $10::smallint[], $11::text[], $12::text[], $13::bigint[], $14::int[],
              $15::bigint[], $16::smallint[], $17::bytea[], $18::bytea[], $19::smallint[], $20::text[], $21::bigint[],
              $22::bigint[], $23::bigint[], $24::bigint[])
              as u(tenant, ledger_day, id, event_id, trace_id, start_us, series_id, countable, superseded, status,
                user_id, session_id, generation, partition_id, record_offset, sent, call, records, kind, error_class,
                duration_us, ttft_us, input_tokens, output_tokens)
            where c.tenant = u.tenant and c.ledger_day = $25 and c.id = u.id""";

    private static final String CONTENT = """
            insert into call_content (tenant, ledger_day, id, content, records)
            select * from unnest($1::text[], $2::int[], $3::uuid[], $4::bytea[], $5::bytea[])
            on conflict (tenant, ledger_day, id) do update set content = excluded.content, records = excluded.records""";

    private static final String TRACES = """
            update seen s set trace = u.trace from unnest($1::text[], $2::uuid[], $3::bigint[]) as u(tenant, id, trace)
            where s.tenant = u.tenant and s.id = u.id""";

    private static final String SERIES = """
            insert into series (tenant, series_id, environment, app, endpoint, provider, model, variant, prompt_version)
            select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
              $8::text[], $9::text[])
            on conflict do nothing""";

    private static final Buffer NO_CONTENT = Buffer.buffer();

    /** A row of {@code call}, with what it costs to work out worked out once. */
    private record CallRow(
            LedgerEntry entry,
            long seriesId,
            Buffer head,
            @Nullable Buffer records) {
        static CallRow of(LedgerEntry entry, Map<Series, Long> ids) {
            return new CallRow(
                    entry,
                    ids.computeIfAbsent(
                            new Series(entry.tenant(), entry.call().getDimensions()),
                            series -> SeriesId.of(series.tenant(), series.dimensions())),
                    CallBlobs.head(entry.call()),
                    CallBlobs.headRecords(entry));
        }

        Call call() {
            return entry.call();
        }
    }

    private record Series(String tenant, Dimensions dimensions) {}

    private record ContentRow(
            LedgerEntry entry, Buffer content, @Nullable Buffer records) {}

    /**
     * Writes the changes.
     *
     * @param changes sorted by id
     * @param entered the trace of the first record of each event of the batch: with it new ones have been entered
     */
    public List<Uni<Void>> write(SqlConnection tx, List<LedgerChange> changes, Map<UUID, String> entered) {
        List<Uni<Void>> writes = new ArrayList<>();
        List<CallRow> inserts = new ArrayList<>();
        Map<Integer, List<CallRow>> updatesByDay = new TreeMap<>();
        List<LedgerEntry> retraced = new ArrayList<>();
        Map<Series, Long> seriesIds = new HashMap<>();
        for (LedgerChange change : changes) {
            LedgerEntry after = change.after();
            LedgerEntry before = change.before();
            if (before == null) {
                inserts.add(CallRow.of(after, seriesIds));
                if (!after.traceId().equals(entered.get(after.id()))) {
                    retraced.add(after);
                }
            } else {
                updatesByDay
                        .computeIfAbsent(after.ledgerDay(), day -> new ArrayList<>())
                        .add(CallRow.of(after, seriesIds));
                if (!before.traceId().equals(after.traceId())) {
                    retraced.add(after);
                }
            }
        }
        if (!inserts.isEmpty()) {
            writes.add(
                    tx.preparedQuery(INSERT).execute(columns(inserts).tuple()).replaceWithVoid());
        }
        updatesByDay.forEach((day, rows) -> writes.add(tx.preparedQuery(UPDATE)
                .execute(columns(rows).tuple().addInteger(day))
                .replaceWithVoid()));
        content(tx, changes, writes);
        traces(tx, retraced, writes);
        series(tx, changes, writes);
        return writes;
    }

    private static Columns<CallRow> columns(List<CallRow> rows) {
        return new Columns<>(rows)
                .text(row -> row.entry().tenant())
                .integer(row -> row.entry().ledgerDay())
                .uuid(row -> row.entry().id())
                .text(row -> PgText.of(row.call().getEnvelope().getEventId()))
                .text(row -> PgText.orNull(row.call().getTraceId()))
                .bigint(row -> startOf(row.call()))
                .bigint(CallRow::seriesId)
                .bool(row -> row.call().getCountable())
                .bool(row -> !row.call().getSupersededBy().isEmpty())
                .smallint(row -> (short) row.call().getStatusValue())
                .text(row -> PgText.orNull(row.call().getUserId()))
                .text(row -> PgText.orNull(row.call().getSessionId()))
                .bigint(row -> row.entry().revision().generation())
                .integer(row -> row.entry().revision().partition())
                .bigint(row -> row.entry().revision().offset())
                .smallint(row -> (short) row.entry().sent().ordinal())
                .bytes(CallRow::head)
                .bytes(CallRow::records)
                .smallint(row -> (short) row.call().getKindValue())
                .text(row -> PgText.orNull(row.call().getErrorClass()))
                .bigint(row -> row.call().hasDurationUs() ? row.call().getDurationUs() : null)
                .bigint(row -> row.call().hasTtftUs() ? row.call().getTtftUs() : null)
                .bigint(row -> row.call().hasInputTokens() ? row.call().getInputTokens() : null)
                .bigint(row -> row.call().hasOutputTokens() ? row.call().getOutputTokens() : null);
    }

    private static void content(SqlConnection tx, List<LedgerChange> changes, List<Uni<Void>> writes) {
        List<ContentRow> rows = new ArrayList<>();
        for (LedgerChange change : changes) {
            ContentRow after = contentOf(change.after());
            ContentRow before = change.before() == null ? null : contentOf(change.before());
            boolean same = before == null
                    ? after.content().length() == 0 && after.records() == null
                    : equal(before.content(), after.content()) && equal(before.records(), after.records());
            if (!same) {
                rows.add(after);
            }
        }
        if (!rows.isEmpty()) {
            writes.add(tx.preparedQuery(CONTENT)
                    .execute(new Columns<>(rows)
                            .text(row -> row.entry().tenant())
                            .integer(row -> row.entry().ledgerDay())
                            .uuid(row -> row.entry().id())
                            .bytes(ContentRow::content)
                            .bytes(ContentRow::records)
                            .tuple())
                    .replaceWithVoid());
        }
    }

    private static ContentRow contentOf(LedgerEntry entry) {
        Buffer content = CallBlobs.content(entry.call());
        return new ContentRow(entry, content == null ? NO_CONTENT : content, CallBlobs.contentRecords(entry));
    }

    private static boolean equal(@Nullable Buffer one, @Nullable Buffer other) {
        return one == null || other == null ? one == other : Arrays.equals(one.getBytes(), other.getBytes());
    }

    private static void traces(SqlConnection tx, List<LedgerEntry> retraced, List<Uni<Void>> writes) {
        if (!retraced.isEmpty()) {
            writes.add(tx.preparedQuery(TRACES)
                    .execute(new Columns<>(retraced)
                            .text(LedgerEntry::tenant)
                            .uuid(LedgerEntry::id)
                            .bigint(LedgerWrites::traceOf)
                            .tuple())
                    .replaceWithVoid());
        }
    }

    private static @Nullable Long traceOf(LedgerEntry entry) {
        return entry.traceId().isEmpty() ? null : EventHash.ofTrace(entry.tenant(), entry.traceId());
    }

    /** Series of events that do not count have no windows, but lists are filtered by them. */
    private static void series(SqlConnection tx, List<LedgerChange> changes, List<Uni<Void>> writes) {
        Map<Long, LedgerEntry> bySeries = new TreeMap<>();
        for (LedgerChange change : changes) {
            LedgerEntry after = change.after();
            if (!after.counts()) {
                bySeries.putIfAbsent(SeriesId.of(after.tenant(), after.call().getDimensions()), after);
            }
        }
        if (bySeries.isEmpty()) {
            return;
        }
        List<Map.Entry<Long, LedgerEntry>> rows = List.copyOf(bySeries.entrySet());
        writes.add(tx.preparedQuery(SERIES)
                .execute(new Columns<>(rows)
                        .text(row -> row.getValue().tenant())
                        .bigint(Map.Entry::getKey)
                        .text(row -> row.getValue().call().getDimensions().getEnvironment())
                        .text(row -> row.getValue().call().getDimensions().getApp())
                        .text(row -> row.getValue().call().getDimensions().getEndpoint())
                        .text(row -> row.getValue().call().getDimensions().getProvider())
                        .text(row -> row.getValue().call().getDimensions().getModel())
                        .text(row -> row.getValue().call().getDimensions().getVariant())
                        .text(row -> row.getValue().call().getDimensions().getPromptVersion())
                        .tuple())
                .replaceWithVoid());
    }

    private static Long startOf(Call call) {
        return call.hasStartTimeUs()
                ? call.getStartTimeUs()
                : call.getEnvelope().getEventTimeUs();
    }
}
