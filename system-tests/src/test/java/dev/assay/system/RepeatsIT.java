package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Part;
import dev.assay.system.Traffic.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The same calls in two projects: in one each once, by time; in the other each two to five times, shuffled over a day and
 * with consumers killed on the way. Every operational and cost figure is the same.
 */
class RepeatsIT {
    private static final int CALLS = 1_500;
    private static final String ONCE = "once";
    private static final String REPEATED = "repeated";
    private static final String RANGE = "from=now-2d&to=now%2B1h&step=1h&group_by=model,app";
    private static final Duration SETTLES = Duration.ofMinutes(3);

    @Test
    void givesTheSameFigures() throws Exception {
        RunningStack stack = RunningStack.shared();
        Map<String, String> keys =
                Map.of(ONCE, Projects.create(stack, ONCE), REPEATED, Projects.create(stack, REPEATED));
        List<Call> calls = new Traffic(16, List.of(ONCE, ONCE), Instant.now()).calls(CALLS);
        List<Sending> inOrder = new ArrayList<>();
        List<Sending> shuffled = new ArrayList<>();
        Random random = new Random(17);
        for (Call call : calls) {
            inOrder.add(new Sending(call, Part.WHOLE));
            Sending again = new Sending(in(REPEATED, call), Part.WHOLE);
            shuffled.addAll(Collections.nCopies(2 + random.nextInt(4), again));
        }
        inOrder.sort((a, b) -> a.call().start().compareTo(b.call().start()));
        Collections.shuffle(shuffled, random);

        List<String> urls =
                stack.replicas(Service.INGEST).stream().map(ServiceProcess::url).toList();
        try (Delivery delivery = new Delivery(urls, keys)) {
            delivery.deliver(inOrder, () -> {});
            delivery.deliver(shuffled.subList(0, shuffled.size() / 2), () -> {});
            Chaos chaos = new Chaos();
            for (Service service : List.of(Service.INGEST, Service.COST, Service.QUALITY)) {
                chaos.kill(stack.replicas(service).get(1));
            }
            while (chaos.next()) {
                // one after the other
            }
            delivery.deliver(shuffled.subList(shuffled.size() / 2, shuffled.size()), () -> {});
        }
        for (Map.Entry<Service, String> kpis : Map.of(
                        Service.INGEST, "/v1/kpis/operations", Service.COST, "/v1/kpis/cost")
                .entrySet()) {
            String path = kpis.getValue() + "?" + RANGE;
            await().atMost(SETTLES)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(figures(stack, kpis.getKey(), keys.get(REPEATED), path))
                            .as(path)
                            .isEqualTo(figures(stack, kpis.getKey(), keys.get(ONCE), path)));
            assertThat(figures(stack, kpis.getKey(), keys.get(ONCE), path)).hasSizeGreaterThan(3);
        }
        assertThat(new Api(stack.url(Service.INGEST), keys.get(REPEATED))
                        .get("/v1/status")
                        .json()
                        .at("/counters/duplicate")
                        .asLong())
                .isEqualTo(shuffled.size() - CALLS);
    }

    private static Call in(String project, Call c) {
        return new Call(
                c.number(),
                project,
                c.way(),
                c.eventId(),
                c.traceId(),
                c.spanId(),
                c.start(),
                c.durationMicros(),
                c.model(),
                c.app(),
                c.inputTokens(),
                c.cacheReadTokens(),
                c.outputTokens(),
                c.reasoningTokens(),
                c.ttftMicros(),
                c.ending(),
                c.user(),
                c.wrapped(),
                c.inTwoParts());
    }

    /** The groups of an answer without what tells how they came about. */
    private static List<JsonNode> figures(RunningStack stack, Service service, String key, String path) {
        Api.Answer answer = new Api(stack.url(service), key).get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonNode> groups = new ArrayList<>();
        answer.json().get("groups").forEach(group -> groups.add(withoutRevisions(group)));
        return groups;
    }

    private static JsonNode withoutRevisions(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("revision", "settled"));
        }
        node.forEach(RepeatsIT::withoutRevisions);
        return node;
    }
}
