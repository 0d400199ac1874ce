package dev.assay.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.cost.app.Reservations;
import dev.assay.cost.app.Reservations.Outcome;
import dev.assay.cost.store.Replica;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.TenantReads;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Reservations of one budget from three replicas at once: each has its own connections to one database. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ConcurrentReservationsIT {
    @Inject
    ProjectDirectory directory;

    @Inject
    TenantReads reads;

    @Inject
    Vertx vertx;

    private TestProject project;

    @Test
    void aThousandAtOnceOverThreeReplicasNeverHoldMoreThanThereIs() {
        project = TestProject.create(directory);
        String id = budget("10.00");
        List<Replica> replicas =
                List.of(Replica.start(vertx, reads, 5), Replica.start(vertx, reads, 5), Replica.start(vertx, reads, 5));
        try {
            List<Outcome> outcomes = reserveTogether(replicas, id, 1000, "0.03");
            List<UUID> held = heldBy(outcomes);
            assertThat(held).hasSize(333); // 333 x 0.03 = 9.99
            standing(id).body("reserved", equalTo("9.99")).body("available", equalTo("0.01"));

            // calls turn out a third of what they had reserved: the rest is to be had again, and no more
            settleTogether(replicas, id, held, "0.01");
            standing(id).body("spent", equalTo("3.33")).body("reserved", equalTo("0"));
            assertThat(heldBy(reserveTogether(replicas, id, 1000, "0.03"))).hasSize(222); // 6.67 / 0.03
            standing(id).body("available", equalTo("0.01"));
        } finally {
            replicas.forEach(Replica::close);
        }
    }

    private List<Outcome> reserveTogether(List<Replica> replicas, String budget, int times, String amount) {
        List<Uni<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(replicas.get(i % replicas.size())
                    .reservations()
                    .reserve(new Reservations.Request(
                            project.id(),
                            UUID.fromString(budget),
                            new BigDecimal(amount),
                            "USD",
                            "",
                            Duration.ofHours(1),
                            null,
                            "")));
        }
        return together(all);
    }

    private void settleTogether(List<Replica> replicas, String budget, List<UUID> held, String amount) {
        List<Uni<Object>> all = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            all.add(replicas.get(i % replicas.size())
                    .reservations()
                    .settle(project.id(), UUID.fromString(budget), held.get(i), new BigDecimal(amount), "USD", null)
                    .map(ending -> ending));
        }
        together(all);
    }

    private static <T> List<T> together(List<Uni<T>> all) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUni(one -> one)
                .merge(1000)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofMinutes(2));
    }

    private static List<UUID> heldBy(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Held.class::isInstance)
                .map(outcome -> ((Outcome.Held) outcome).reservation().id())
                .toList();
    }

    private String budget(String limit) {
        return project.as()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "b", "limit", limit, "currency", "USD", "period", "month"))
                .post("/v1/budgets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse standing(String budget) {
        return project.as().get("/v1/budgets/" + budget).then().statusCode(200);
    }
}
