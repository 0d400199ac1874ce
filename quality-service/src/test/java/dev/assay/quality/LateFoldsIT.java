package dev.assay.quality;

import static dev.assay.quality.JudgeFixture.SOON;
import static dev.assay.quality.JudgeFixture.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.platform.sink.Sources;
import dev.assay.quality.app.LateFolds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How much the folding of what is known later may hold, read and wait. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class LateFoldsIT {
    /** Partitions that the service does not have, so that its own rounds leave them alone. */
    private static final TopicPartition HELD_BY_ANOTHER = new TopicPartition(Topics.CALLS, 98);

    private static final TopicPartition LONG = new TopicPartition(Topics.CALLS, 99);

    private final long nowUs = TimeUnit.SECONDS.toMicros(Instant.now().getEpochSecond()) - 3_600_000_000L;

    @Inject
    LateFolds folds;

    /** As a sink under load does, or what is left of a process that was killed in the middle of a fold. */
    @Test
    void givesUpASourceThatSomebodyHolds() throws SQLException {
        try (Database owner = new Database("owner");
                Database sink = new Database("owner").inTransaction()) {
            source(owner, HELD_BY_ANOTHER);
            mark(owner, "t-held", UUID.randomUUID(), HELD_BY_ANOTHER, nowUs);
            sink.number(
                    "select next_offset from consumer_offset where topic_id = ? and partition_id = ? for update",
                    Topics.id(Topics.CALLS),
                    HELD_BY_ANOTHER.partition());
            assertThatThrownBy(() -> folds.requeries(HELD_BY_ANOTHER).await().atMost(Duration.ofMinutes(1)))
                    .hasMessageContaining("lock timeout");
            sink.close();
            assertThat(folds.requeries(HELD_BY_ANOTHER).await().atMost(SOON)).isEqualTo(1);
            assertThat(folds.requeries(HELD_BY_ANOTHER).await().atMost(SOON)).isZero();
        }
    }

    /** Three sessions of 1,900 calls are two pages; one with over 2,000 is passed over, and its mark is gone. */
    @Test
    void readsSoManyCallsAtOnce() throws SQLException {
        try (TestProject project = new TestProject().known();
                PublishedWindows windows = new PublishedWindows(project.tenant);
                Database owner = new Database("owner")) {
            ask(project, "one", 0, "How do I reset my password?");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    windows.total(Measure.MEASURE_REQUERY).count())
                            .isEqualTo(1));
            source(owner, LONG);
            for (int calls : new int[] {1_900, 1_900, 1_900, 2_001}) {
                UUID session = UUID.randomUUID();
                assertThat(owner.change("""
                                insert into call_fact (tenant, event_hash, event_time_us, minute, series_id, user_hash,
                                  session_hash, trace_hash, duration_us, failed, findings, query_words)
                                select tenant, gen_random_uuid(), event_time_us + i, minute, series_id, user_hash, ?,
                                  gen_random_uuid(), duration_us, failed, findings, array[i]
                                from call_fact, generate_series(1, ?) i where tenant = ? and session_hash = (
                                  select session_hash from requery_fold where tenant = ? limit 1)""", session, calls, project.tenant, project.tenant))
                        .isEqualTo(calls);
                mark(owner, project.tenant, session, LONG, nowUs);
            }
            int first = folds.requeries(LONG).await().atMost(SOON);
            assertThat(first).isBetween(2, 3); // the long one costs nothing, and is of the first page or the second
            assertThat(folds.requeries(LONG).await().atMost(SOON)).isEqualTo(4 - first);
            assertThat(folds.requeries(LONG).await().atMost(SOON)).isZero();
            assertThat(owner.number("select count(*) from requery_fold where tenant = ?", project.tenant))
                    .isEqualTo(1 + 3 * 1_900);
        }
    }

    /** A query whose call's time was another, further away than a change reaches, is taken back all the same. */
    @Test
    void goesOnWhereAQueryWasFoldedAtAnotherTime() throws SQLException {
        try (TestProject project = new TestProject().known();
                PublishedWindows windows = new PublishedWindows(project.tenant);
                Database owner = new Database("owner")) {
            ask(project, "one", 0, "How do I reset my password?");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    windows.total(Measure.MEASURE_REQUERY).count())
                            .isEqualTo(1));
            assertThat(owner.change(
                            "update requery_fold set event_time_us = event_time_us - ? where tenant = ?",
                            TimeUnit.HOURS.toMicros(2),
                            project.tenant))
                    .isEqualTo(1);
            ask(project, "two", 60, "how can I reset the password?");
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(windows.total(Measure.MEASURE_REQUERY).count()).isEqualTo(2);
                assertThat(windows.total(Measure.MEASURE_REQUERY).good()).isEqualTo(1);
            });
        }
    }

    private void ask(TestProject project, String id, long afterSeconds, String question) {
        long timeUs = nowUs + TimeUnit.SECONDS.toMicros(afterSeconds);
        project.send(
                Topics.CALLS,
                0,
                envelope(project, id, 1)
                        .setCall(Call.newBuilder()
                                .setKind(Kind.KIND_LLM)
                                .setStatus(Status.STATUS_OK)
                                .setStartTimeUs(timeUs)
                                .setSessionId("s")
                                .setTraceId(id)
                                .setInput(question)
                                .setDimensions(Dimensions.newBuilder().setApp("chat")))
                        .build());
        project.flush();
    }

    private static void source(Database owner, TopicPartition partition) throws SQLException {
        owner.change(
                "insert into consumer_offset (topic_id, partition_id) values (?, ?) on conflict do nothing",
                Topics.id(partition.topic()),
                partition.partition());
    }

    private static void mark(Database owner, String tenant, UUID session, TopicPartition source, long timeUs)
            throws SQLException {
        owner.change(
                "insert into session_change (tenant, session_hash, source, low_us, high_us) values (?, ?, ?, ?, ?)",
                tenant,
                session,
                Sources.id(source.topic(), source.partition()),
                timeUs,
                timeUs);
    }
}
