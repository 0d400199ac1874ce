package dev.assay.quality.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.ExactlyOnceSink;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.sink.SinkHandler;
import dev.assay.quality.app.FeedbackRows;
import dev.assay.quality.app.Outcome;
import dev.assay.quality.app.ReadFeedback;
import dev.assay.quality.app.TaskOutcomes;
import dev.assay.quality.app.TenantKey;
import dev.assay.quality.app.UserDelta;
import dev.assay.quality.app.UserFeedback;
import dev.assay.quality.app.UserHours;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Counts feedback and task outcomes of {@code llm.feedback.v1}, each once, in its latest version. */
@ApplicationScoped
class FeedbackSink implements SinkHandler {
    private static final Set<Measure> MEASURES = EnumSet.of(
            Measure.MEASURE_CSAT,
            Measure.MEASURE_NPS,
            Measure.MEASURE_TASK_SUCCESS,
            Measure.MEASURE_TIME_TO_COMPLETION);

    private final ExactlyOnceSink sink;
    private final FeedbackRows feedbackRows;
    private final TaskOutcomes taskOutcomes;
    private final UserHours users;
    private final RollupStore rollups;

    FeedbackSink(
            ExactlyOnceSink sink,
            FeedbackRows feedbackRows,
            TaskOutcomes taskOutcomes,
            UserHours users,
            RollupStore rollups) {
        this.sink = sink;
        this.feedbackRows = feedbackRows;
        this.taskOutcomes = taskOutcomes;
        this.users = users;
        this.rollups = rollups;
    }

    /** What a batch brings, the latest version of each, in the order in which rows are locked. */
    private record Brought(Map<TenantKey, UserFeedback> feedback, Map<TenantKey, Outcome> outcomes) {}

    /** What a batch changes. */
    private record Changes(RollupDelta windows, UserDelta seen) {}

    @Incoming("feedback")
    Uni<Void> on(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume("feedback", records);
    }

    @Override
    public String topic() {
        return Topics.FEEDBACK;
    }

    @Override
    public Set<Measure> measures() {
        return MEASURES;
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        Brought brought = read(batch);
        Changes changes = new Changes(new RollupDelta(), new UserDelta());
        return applyFeedback(tx, List.copyOf(brought.feedback().values()), changes)
                .chain(() -> applyOutcomes(tx, List.copyOf(brought.outcomes().values()), changes))
                .chain(() -> users.fold(tx, batch.source(), changes.seen()))
                .chain(() -> rollups.fold(tx, batch, changes.windows()))
                .replaceWith(List.of());
    }

    private static Brought read(PartitionBatch batch) {
        Brought brought = new Brought(new TreeMap<>(), new TreeMap<>());
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            try {
                read(FeedbackEvent.parseFrom(record.value()), brought);
            } catch (InvalidProtocolBufferException malformed) {
                batch.reject(record, "not a FeedbackEvent: " + malformed.getMessage());
            } catch (IllegalArgumentException invalid) {
                batch.reject(record, String.valueOf(invalid.getMessage()));
            }
        }
        return brought;
    }

    private static void read(FeedbackEvent event, Brought into) {
        if (event.getEnvelope().getTenant().isEmpty()) {
            throw new IllegalArgumentException("tenant must not be empty");
        }
        switch (event.getEventCase()) {
            case FEEDBACK -> {
                UserFeedback feedback = ReadFeedback.feedback(event);
                into.feedback()
                        .merge(feedback.key(), feedback, (a, b) -> b.version().compareTo(a.version()) > 0 ? b : a);
            }
            case OUTCOME -> {
                Outcome outcome = ReadFeedback.outcome(event);
                into.outcomes()
                        .merge(outcome.key(), outcome, (a, b) -> b.version().compareTo(a.version()) > 0 ? b : a);
            }
            default -> throw new IllegalArgumentException("a feedback event of an unknown kind");
        }
    }

    private Uni<Void> applyFeedback(SqlConnection tx, List<UserFeedback> brought, Changes changes) {
        if (brought.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return feedbackRows.insert(tx, brought).chain(inserted -> {
            List<TenantKey> known = brought.stream()
                    .map(UserFeedback::key)
                    .filter(key -> !inserted.contains(key))
                    .toList();
            return feedbackRows.lock(tx, known).chain(stored -> {
                List<UserFeedback> revised = brought.stream()
                        .filter(it -> isLater(it, stored.get(it.key())))
                        .toList();
                for (UserFeedback it : brought) {
                    FeedbackRows.Stored before = stored.get(it.key());
                    if (before == null || isLater(it, before)) {
                        count(it, before, changes);
                    }
                }
                return feedbackRows.update(tx, revised);
            });
        });
    }

    private static boolean isLater(UserFeedback it, FeedbackRows.@Nullable Stored before) {
        return before != null && it.version().compareTo(before.version()) > 0;
    }

    private static void count(UserFeedback it, FeedbackRows.@Nullable Stored before, Changes changes) {
        String tenant = it.key().tenant();
        if (before != null) {
            before.satisfaction().addTo(changes.windows().at(tenant, before.dimensions(), before.minute()), -1);
            changes.seen().add(tenant, before.minute(), before.dimensions(), before.user(), -1);
        }
        it.satisfaction().addTo(changes.windows().at(tenant, it.dimensions(), it.minute()), 1);
        changes.seen().add(tenant, it.minute(), it.dimensions(), it.user(), 1);
    }

    private Uni<Void> applyOutcomes(SqlConnection tx, List<Outcome> brought, Changes changes) {
        if (brought.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return taskOutcomes.insert(tx, brought).chain(inserted -> {
            List<TenantKey> known = brought.stream()
                    .map(Outcome::key)
                    .filter(key -> !inserted.contains(key))
                    .toList();
            return taskOutcomes.lock(tx, known).chain(stored -> {
                List<Outcome> revised = brought.stream()
                        .filter(it -> isLater(it, stored.get(it.key())))
                        .toList();
                for (Outcome it : brought) {
                    TaskOutcomes.Stored before = stored.get(it.key());
                    if (before == null || isLater(it, before)) {
                        count(it, before, changes);
                    }
                }
                return taskOutcomes.update(tx, revised);
            });
        });
    }

    private static boolean isLater(Outcome it, TaskOutcomes.@Nullable Stored before) {
        return before != null && it.version().compareTo(before.version()) > 0;
    }

    private static void count(Outcome it, TaskOutcomes.@Nullable Stored before, Changes changes) {
        String tenant = it.key().tenant();
        if (before != null) {
            before.result().addTo(changes.windows().at(tenant, before.dimensions(), before.minute()), -1);
            changes.seen().add(tenant, before.minute(), before.dimensions(), before.user(), -1);
        }
        it.result().addTo(changes.windows().at(tenant, it.dimensions(), it.minute()), 1);
        changes.seen().add(tenant, it.minute(), it.dimensions(), it.user(), 1);
    }
}
