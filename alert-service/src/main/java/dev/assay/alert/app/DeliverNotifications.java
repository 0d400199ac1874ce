package dev.assay.alert.app;

import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.NextStep;
import dev.assay.alert.domain.notification.RetryPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Sends what is due from the outbox: at least once, with the same idempotency key each time. */
@ApplicationScoped
public class DeliverNotifications {
    private static final Logger LOG = Logger.getLogger(DeliverNotifications.class);
    private static final int MAX_IN_FLIGHT = 64;

    private final DeliveryStore store;
    private final Map<String, Notifier> notifiers = new HashMap<>();
    private final MeterRegistry meters;
    private final AlertConfig config;
    private final AcknowledgeLink links;
    private final CircuitBreakers breakers;
    private final AtomicInteger inFlight = new AtomicInteger();

    DeliverNotifications(
            DeliveryStore store,
            @All List<Notifier> notifiers,
            AcknowledgeLink links,
            MeterRegistry meters,
            AlertConfig config) {
        this.store = store;
        notifiers.forEach(notifier -> this.notifiers.put(notifier.type(), notifier));
        this.links = links;
        this.meters = meters;
        this.config = config;
        this.breakers = new CircuitBreakers(config.circuitRest());
        meters.gauge("assay.alert.deliveries.in.flight", inFlight);
    }

    /** Starts whatever is due, as far as there is room; a slow receiver holds up nobody else. */
    @Scheduled(every = "${assay.alert.deliver-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deliverDue() {
        int room = MAX_IN_FLIGHT - inFlight.get();
        if (room <= 0) {
            return Uni.createFrom().voidItem();
        }
        return store.claim(room, config.deliveryLease())
                .invoke(claimed -> claimed.forEach(this::start))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("deliveries wait: %s", failure.toString());
                    return null;
                });
    }

    private void start(Delivery delivery) {
        inFlight.incrementAndGet();
        deliver(delivery)
                .onTermination()
                .invoke(inFlight::decrementAndGet)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "delivery not recorded, will be repeated: %s: %s", delivery.idempotencyKey(), failure));
    }

    private Uni<Void> deliver(Delivery delivery) {
        Optional<Duration> rest = breakers.rest(circuit(delivery), Instant.now());
        if (rest.isPresent()) {
            meters.counter("assay.alert.deliveries", "outcome", "rested").increment();
            return store.record(
                    delivery, new NextStep.Retry(rest.get(), "not sent: the receiver has failed too often of late"));
        }
        return attempt(delivery)
                .map(attempt -> RetryPolicy.after(
                        attempt,
                        delivery.attempt(),
                        delivery.age(),
                        ThreadLocalRandom.current().nextDouble()))
                .invoke(step -> note(delivery, step))
                .chain(step -> store.record(delivery, step));
    }

    private static String circuit(Delivery delivery) {
        Delivery.Destination receiver = delivery.receiver();
        return receiver == null ? "" : delivery.tenant() + "/" + receiver.receiverId();
    }

    private Uni<Attempt> attempt(Delivery delivery) {
        Delivery.Destination receiver = delivery.receiver();
        if (receiver == null) {
            return Uni.createFrom().item(new Attempt.Forbidden("the receiver was deleted"));
        }
        Notifier notifier = notifiers.get(receiver.type());
        return notifier == null
                ? Uni.createFrom().item(new Attempt.Forbidden("no notifier for type " + receiver.type()))
                : notifier.send(links.into(delivery, receiver.name()), receiver.url(), receiver.secret());
    }

    private void note(Delivery delivery, NextStep step) {
        if (step instanceof NextStep.Retry) {
            breakers.failed(circuit(delivery), Instant.now());
        } else {
            breakers.succeeded(circuit(delivery)); // a refusal is an answer too
        }
        String outcome = step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        meters.counter("assay.alert.deliveries", "outcome", outcome).increment();
        if (step instanceof NextStep.GiveUp) {
            LOG.errorf(
                    "notification not delivered: project %s, %s: %s",
                    delivery.tenant(), delivery.idempotencyKey(), step.detail());
        }
    }
}
