package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import dev.assay.localstack.StackProcess;
import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Sending;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The database, then the broker, is gone for a while under traffic: no process has to be restarted, nothing is
 * dead-lettered for it, and every call is there once it is back. {@code -Dassay.outage=300} makes it five minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("assay.outage", 20));
    private static final Duration RECOVERS = Duration.ofMinutes(2);
    private static final int CALLS = 2_000;
    private static final List<Service> SERVICES = List.of(Service.INGEST, Service.QUALITY, Service.COST, Service.ALERT);

    private RunningStack stack;

    @BeforeAll
    void start() {
        stack = RunningStack.shared();
    }

    @Test
    void withoutItsDatabaseTheEntranceGoesOnAndAllIsWorkedOffAfterwards() throws IOException {
        String project = "outage-database";
        String key = Projects.create(stack, project);
        List<Long> before = processIds();
        Traffic traffic = new Traffic(5, List.of(project), Instant.now());
        List<Call> calls = traffic.calls(CALLS);
        List<Sending> sendings = traffic.sendings(calls);
        try (Delivery delivery = delivery(project, key)) {
            delivery.deliver(sendings.subList(0, sendings.size() / 2), () -> {});
            duringAnOutage(
                    stack.installation().postgres(),
                    () -> delivery.deliver(sendings.subList(sendings.size() / 2, sendings.size()), () -> {}));
        }
        assertAllIsThere(project, key, new Oracle(calls));
        assertThat(processIds()).isEqualTo(before);
    }

    @Test
    void withoutItsBrokerTheEntranceSaysComeBackAndNothingItHadAcceptedIsLost() throws IOException {
        String project = "outage-broker";
        String key = Projects.create(stack, project);
        List<Long> before = processIds();
        Traffic traffic = new Traffic(6, List.of(project), Instant.now());
        List<Call> calls = traffic.calls(CALLS);
        List<Sending> sendings = traffic.sendings(calls);
        try (Delivery delivery = delivery(project, key)) {
            delivery.deliver(sendings.subList(0, sendings.size() / 2), () -> {});
            duringAnOutage(stack.installation().kafka(), () -> {
                Api.Answer answer = new Api(stack.url(Service.INGEST), key)
                        .post("/v1/calls", RestSender.json(sendings.get(0)).toString());
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .hasValueSatisfying(
                                seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
            });
            // clients that were told to come back do
            delivery.deliver(sendings.subList(sendings.size() / 2, sendings.size()), () -> {});
        }
        assertAllIsThere(project, key, new Oracle(calls));
        assertThat(processIds()).isEqualTo(before);
    }

    /** Ends the process without warning, lets some things happen meanwhile, and starts it again. */
    private void duringAnOutage(StackProcess gone, Runnable meanwhile) throws IOException {
        long back = System.nanoTime() + OUTAGE.toNanos();
        gone.kill();
        try {
            meanwhile.run();
            for (Service service : SERVICES) {
                for (ServiceProcess replica : stack.replicas(service)) {
                    assertThat(new Api(replica.managementUrl(), "")
                                    .get("/q/health/live")
                                    .status())
                            .as("%s lives on without %s", replica.name(), gone.name())
                            .isEqualTo(200);
                }
            }
            LockSupport.parkNanos(back - System.nanoTime());
        } finally {
            gone.start();
            gone.awaitReady(RECOVERS);
        }
    }

    private void assertAllIsThere(String project, String key, Oracle expected) {
        String range = "?from=now-3d&to=now%2B1h";
        await().atMost(RECOVERS).ignoreExceptions().untilAsserted(() -> {
            JsonNode operations =
                    get(Service.INGEST, key, "/v1/kpis/operations" + range).at("/groups/0/kpis");
            assertThat(operations.at("/calls/value").asLong()).isEqualTo(expected.size());
            assertThat(operations.at("/errors/value").asLong()).isEqualTo(expected.errors());
            assertThat(operations.at("/input_tokens/value").asLong()).isEqualTo(expected.tokens(Call::inputTokens));
            JsonNode cost = get(Service.COST, key, "/v1/kpis/cost" + range).at("/groups/0/kpis");
            assertThat(new BigDecimal(cost.at("/list_cost/value").asText())).isEqualByComparingTo(expected.listCost());
            assertThat(get(Service.QUALITY, key, "/v1/kpis/quality" + range).path("groups"))
                    .isNotEmpty();
        });
        for (Service service : List.of(Service.INGEST, Service.COST, Service.QUALITY)) {
            assertThat(get(service, key, "/v1/status")
                            .at("/counters/dead_lettered")
                            .asLong())
                    .as("dead-lettered by %s in %s", service, project)
                    .isZero();
        }
    }

    private List<Long> processIds() {
        return SERVICES.stream()
                .flatMap(service -> stack.replicas(service).stream())
                .map(ServiceProcess::pid)
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }

    private Delivery delivery(String project, String key) {
        return new Delivery(
                stack.replicas(Service.INGEST).stream().map(ServiceProcess::url).toList(), Map.of(project, key));
    }

    private JsonNode get(Service service, String key, String path) {
        Api.Answer answer = new Api(stack.url(service), key).get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
