package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.quality.SentCall.Answer;
import dev.assay.quality.app.PruneExpired;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is past the retention goes; what it was counted in stays. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PruningIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ALL = "?from=now-399d&to=now%2B1h";

    @Inject
    PruneExpired prune;

    @Test
    void forgetsOldRowsAndKeepsTheirWindows() {
        long nowUs = TimeUnit.SECONDS.toMicros(Instant.now().getEpochSecond());
        long oldUs = nowUs - TimeUnit.DAYS.toMicros(200);
        long keptUs = nowUs - TimeUnit.DAYS.toMicros(91); // past the retention, but it may still be on its way
        try (TestProject project = new TestProject().known()) {
            for (long timeUs : new long[] {oldUs, keptUs, nowUs}) {
                SentCall call = new SentCall("c" + timeUs, 0, 1, 1, timeUs, "chat", "u" + timeUs, Answer.ORDINARY);
                project.send(Topics.CALLS, 1, call.message(project.tenant));
                project.send(Topics.FEEDBACK, 0, rating(project.tenant, timeUs));
            }
            project.flush();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(project.get("/v1/feedback" + ALL).getList("items")).hasSize(3);
                for (long timeUs : new long[] {oldUs, keptUs, nowUs}) {
                    assertThat(scores(project, timeUs)).isPositive();
                }
            });
            assertThat(prune.prune(Instant.now()).await().atMost(SOON)).isPositive();
            assertThat(project.get("/v1/feedback" + ALL).getList("items.event_id"))
                    .containsExactly("f" + nowUs, "f" + keptUs);
            assertThat(scores(project, oldUs)).isZero();
            assertThat(scores(project, keptUs)).isPositive();
            assertThat(scores(project, nowUs)).isPositive();
            JsonPath users = project.get("/v1/kpis/users" + ALL);
            assertThat(users.getLong("groups[0].kpis.csat_mean.count")).isEqualTo(3);
            assertThat(users.getLong("groups[0].kpis.active_users.value")).isEqualTo(2);
            assertThat(project.get("/v1/kpis/safety" + ALL).getLong("groups[0].kpis.toxicity_rate.count"))
                    .isEqualTo(3);
        }
    }

    private static int scores(TestProject project, long timeUs) {
        return project.get("/v1/scores?event_id=c" + timeUs).getList("items").size();
    }

    private static FeedbackEvent rating(String tenant, long timeUs) {
        return FeedbackEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(tenant)
                        .setEventId("f" + timeUs)
                        .setEventTimeUs(timeUs))
                .setFeedback(Feedback.newBuilder().setApp("chat").setRating(1))
                .build();
    }
}
