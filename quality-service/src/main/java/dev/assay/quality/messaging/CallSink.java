package dev.assay.quality.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.ExactlyOnceSink;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.sink.SinkHandler;
import dev.assay.quality.app.CallFact;
import dev.assay.quality.app.CallFacts;
import dev.assay.quality.app.CallScores;
import dev.assay.quality.app.CallScores.Stored;
import dev.assay.quality.app.CallTexts;
import dev.assay.quality.app.DetectorReleases;
import dev.assay.quality.app.JudgeQueue;
import dev.assay.quality.app.PublishedScores;
import dev.assay.quality.app.SampleForJudge;
import dev.assay.quality.app.ScoreCalls;
import dev.assay.quality.app.ScoredCall;
import dev.assay.quality.app.ScoredCall.Key;
import dev.assay.quality.app.UserDelta;
import dev.assay.quality.app.UserHours;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Judges each call of {@code llm.calls.v1} and folds what it adds into its window. A revision that is not higher than the
 * stored one changes nothing; a higher one takes the stored contribution back first.
 */
@ApplicationScoped
class CallSink implements SinkHandler {
    private static final Set<Measure> MEASURES = EnumSet.of(
            Measure.MEASURE_TOXICITY,
            Measure.MEASURE_TOXIC_PAGE,
            Measure.MEASURE_HALLUCINATION,
            Measure.MEASURE_JAILBREAK_SUCCESS,
            Measure.MEASURE_HARMFUL_REFUSAL,
            Measure.MEASURE_OVER_REFUSAL,
            Measure.MEASURE_REFUSAL,
            Measure.MEASURE_JAILBREAK_ATTEMPT,
            Measure.MEASURE_SAFE_RESPONSE,
            Measure.MEASURE_PII,
            Measure.MEASURE_RESPONSES,
            Measure.MEASURE_RESPONSE_WORDS,
            // folded in later, by a job that holds the source: FoldLateWindows
            Measure.MEASURE_ACCURACY,
            Measure.MEASURE_HELPFULNESS,
            Measure.MEASURE_RELEVANCE,
            Measure.MEASURE_COMPLETENESS,
            Measure.MEASURE_COHERENCE,
            Measure.MEASURE_REQUERY);

    private final ExactlyOnceSink sink;
    private final ScoreCalls scoreCalls;
    private final DetectorReleases releases;
    private final CallScores scores;
    private final CallTexts texts;
    private final CallFacts facts;
    private final SampleForJudge sample;
    private final JudgeQueue queue;
    private final UserHours users;
    private final RollupStore rollups;

    CallSink(
            ExactlyOnceSink sink,
            ScoreCalls scoreCalls,
            DetectorReleases releases,
            CallScores scores,
            CallTexts texts,
            CallFacts facts,
            SampleForJudge sample,
            JudgeQueue queue,
            UserHours users,
            RollupStore rollups) {
        this.sink = sink;
        this.scoreCalls = scoreCalls;
        this.releases = releases;
        this.scores = scores;
        this.texts = texts;
        this.facts = facts;
        this.sample = sample;
        this.queue = queue;
        this.users = users;
        this.rollups = rollups;
    }

    @Incoming("calls")
    Uni<Void> on(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume("calls", records);
    }

    @Override
    public String topic() {
        return Topics.CALLS;
    }

    @Override
    public Set<Measure> measures() {
        return MEASURES;
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        return OffEventLoop.run(() -> read(batch))
                .chain(calls -> calls.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : releases.current().chain(release -> store(tx, batch, calls, release)));
    }

    @Override
    public Uni<List<Outgoing>> resend(SqlConnection transaction, PartitionBatch.Range range) {
        return scores.changedBy(transaction, range).map(changed -> {
            List<Outgoing> outgoing = new ArrayList<>();
            changed.forEach(call -> ScoreMessages.addAll(outgoing, call, range.partition()));
            return outgoing;
        });
    }

    /** The highest revision of each call in the batch, judged, in the order in which rows are locked. */
    private List<CallFact> read(PartitionBatch batch) {
        record Found(CallRevised revised, long offset) {}
        Map<String, Found> latest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            CallRevised revised;
            try {
                revised = CallRevised.parseFrom(record.value());
            } catch (InvalidProtocolBufferException malformed) {
                batch.reject(record, "not a CallRevised: " + malformed.getMessage());
                continue;
            }
            String tenant = revised.getEnvelope().getTenant();
            String eventId = revised.getEnvelope().getEventId();
            if (tenant.isEmpty() || eventId.isEmpty()) {
                batch.reject(record, tenant, "tenant and event_id must not be empty");
                continue;
            }
            latest.merge(
                    tenant + "\0" + eventId,
                    new Found(revised, record.offset()),
                    (a, b) -> isHigher(b.revised().getRevision(), a.revised().getRevision()) ? b : a);
        }
        Map<Key, CallFact> scored = new TreeMap<>();
        latest.values().forEach(found -> {
            CallFact call = scoreCalls.fact(found.revised(), found.offset());
            scored.put(
                    call.call().key(),
                    call.with(sample.task(found.revised(), call.call()).orElse(null)));
        });
        return List.copyOf(scored.values());
    }

    private Uni<List<Outgoing>> store(SqlConnection tx, PartitionBatch batch, List<CallFact> read, short release) {
        List<ScoredCall> calls = read.stream().map(CallFact::call).toList();
        return scores.insert(tx, calls, batch.source(), release).chain(inserted -> {
            List<Key> known = calls.stream()
                    .map(ScoredCall::key)
                    .filter(key -> !inserted.contains(key))
                    .toList();
            return scores.lock(tx, known).chain(stored -> {
                List<ScoredCall> applied = applied(calls, stored);
                Set<Key> keys = applied.stream().map(ScoredCall::key).collect(Collectors.toSet());
                List<CallFact> changed = read.stream()
                        .filter(fact -> keys.contains(fact.call().key()))
                        .toList();
                return facts.put(tx, changed, batch.source())
                        .chain(() -> queueForJudge(tx, changed, stored))
                        .chain(() -> fold(tx, batch, release, applied, stored));
            });
        });
    }

    private Uni<Void> queueForJudge(SqlConnection tx, List<CallFact> changed, Map<Key, Stored> stored) {
        List<ScoredCall> withdrawn = changed.stream()
                .map(CallFact::call)
                .filter(call -> call.withdrawn() && stored.containsKey(call.key()))
                .toList();
        List<JudgeQueue.Task> tasks = new ArrayList<>();
        for (CallFact fact : changed) {
            JudgeQueue.Task task = fact.judgeTask();
            if (task != null) {
                tasks.add(task);
            }
        }
        return queue.put(tx, tasks).chain(() -> queue.forget(tx, withdrawn));
    }

    /** The calls that are new, or a higher revision than the stored one. */
    private static List<ScoredCall> applied(List<ScoredCall> calls, Map<Key, Stored> stored) {
        List<ScoredCall> applied = new ArrayList<>();
        for (ScoredCall call : calls) {
            Stored before = stored.get(call.key());
            if (before == null || isHigher(call.revision(), before.revision())) {
                applied.add(call);
            }
        }
        return applied;
    }

    private Uni<List<Outgoing>> fold(
            SqlConnection tx, PartitionBatch batch, short release, List<ScoredCall> applied, Map<Key, Stored> stored) {
        List<ScoredCall> revised =
                applied.stream().filter(call -> stored.containsKey(call.key())).toList();
        RollupDelta windows = new RollupDelta();
        UserDelta seen = new UserDelta();
        List<Outgoing> outgoing = new ArrayList<>();
        for (ScoredCall call : applied) {
            Stored before = stored.get(call.key());
            takeBack(call.key().tenant(), before, windows, seen);
            add(call, windows, seen);
            if (before == null) {
                ScoreMessages.addNew(outgoing, PublishedScores.of(call), batch.partition());
            } else {
                ScoreMessages.addAll(outgoing, PublishedScores.of(call), batch.partition());
            }
        }
        return scores.update(tx, revised, batch.source(), release)
                .chain(() -> texts.put(tx, applied))
                .chain(() -> users.fold(tx, batch.source(), seen))
                .chain(() -> rollups.fold(tx, batch, windows))
                .replaceWith(outgoing);
    }

    private static void takeBack(String tenant, @Nullable Stored before, RollupDelta windows, UserDelta seen) {
        if (before != null) {
            before.contribution().addTo(windows.at(tenant, before.dimensions(), before.minute()), -1);
            seen.add(tenant, before.minute(), before.dimensions(), before.user(), -1);
        }
    }

    private static void add(ScoredCall call, RollupDelta windows, UserDelta seen) {
        if (!call.withdrawn()) {
            String tenant = call.key().tenant();
            call.contribution().addTo(windows.at(tenant, call.dimensions(), call.minute()), 1);
            seen.add(tenant, call.minute(), call.dimensions(), call.user(), 1);
        }
    }

    private static boolean isHigher(Revision revision, Revision than) {
        return revision.getGeneration() != than.getGeneration()
                ? revision.getGeneration() > than.getGeneration()
                : revision.getPosition() > than.getPosition();
    }
}
