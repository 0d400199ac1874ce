package dev.assay.alert.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.GroupingText;
import dev.assay.alert.app.HearPagerDuty;
import dev.assay.alert.app.ManageReceivers;
import dev.assay.alert.app.ReceiverStore;
import dev.assay.alert.domain.grouping.Grouping;
import dev.assay.alert.domain.notification.NextStep;
import dev.assay.alert.domain.notification.RetryPolicy;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where notifications go. A secret goes in and never comes out again. */
@Path("/v1/receivers")
public class ReceiversResource {
    private final ManageReceivers receivers;
    private final HearPagerDuty pagerDuty;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    /**
     * A receiver on the wire.
     *
     * @param url null if the type's usual address is used
     * @param secret shown once, when it was made here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReceiverView(
            String id,
            String name,
            String type,
            @Nullable String url,
            Instant createdTime,
            @Nullable String secret,
            @Nullable String fallback,
            boolean selfAlerts,
            @Nullable ObjectNode grouping) {
        static ReceiverView of(ReceiverStore.Receiver receiver, @Nullable String secret) {
            String url = receiver.url().isEmpty() ? null : receiver.url();
            Grouping grouping = receiver.grouping();
            return new ReceiverView(
                    receiver.id(),
                    receiver.name(),
                    receiver.type(),
                    url,
                    receiver.createdTime(),
                    secret,
                    receiver.fallback().isEmpty() ? null : receiver.fallback(),
                    receiver.selfAlerts(),
                    grouping == null ? null : GroupingText.write(grouping));
        }
    }

    /**
     * A receiver to make.
     *
     * @param selfAlerts whether it is told what is wrong with alerting itself; true if absent
     * @param grouping how its notifications are put together; if absent each is sent at once
     */
    public record NewReceiver(
            @Nullable String name,
            @Nullable String type,
            @Nullable String url,
            @Nullable String secret,
            @Nullable String fallback,
            @Nullable Boolean selfAlerts,
            @Nullable JsonNode grouping) {
        @Override
        public String toString() {
            return "NewReceiver[" + name + ", " + type + "]";
        }
    }

    /** The secret that PagerDuty shows when a webhook is made there. */
    public record WebhookSecret(@Nullable String secret) {
        @Override
        public String toString() {
            return "WebhookSecret";
        }
    }

    ReceiversResource(ManageReceivers receivers, HearPagerDuty pagerDuty, AuditTrail audit, CurrentCaller caller) {
        this.receivers = receivers;
        this.pagerDuty = pagerDuty;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<ReceiverView>> list() {
        return receivers
                .all(caller.tenant())
                .map(all -> new Page<>(
                        all.stream()
                                .map(receiver -> ReceiverView.of(receiver, null))
                                .toList(),
                        null));
    }

    @POST
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ReceiverView>> create(@Nullable NewReceiver wanted) {
        if (wanted == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        Caller who = caller.get();
        return receivers
                .create(
                        caller.tenant(),
                        new ManageReceivers.Wanted(
                                wanted.name(),
                                wanted.type(),
                                wanted.url(),
                                wanted.secret(),
                                wanted.fallback(),
                                !Boolean.FALSE.equals(wanted.selfAlerts()),
                                wanted.grouping()))
                .call(created ->
                        audit.note(who, "receiver.create", created.receiver().id()))
                .map(created -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.CREATED, ReceiverView.of(created.receiver(), created.madeSecret()))
                        .location(
                                URI.create("/v1/receivers/" + created.receiver().id()))
                        .build());
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> delete(@PathParam("id") String id) {
        Caller who = caller.get();
        return receivers
                .delete(who.tenant(), Paging.shortened(id))
                .call(() -> audit.note(who, "receiver.delete", Paging.shortened(id)));
    }

    /**
     * Sets the secret under which PagerDuty signs what it tells {@link PagerDutyResource}; it never comes out again.
     */
    @PUT
    @Path("{id}/webhook-secret")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> webhookSecret(@PathParam("id") String id, @Nullable WebhookSecret body) {
        Caller who = caller.get();
        String receiver = Paging.shortened(id);
        return pagerDuty
                .setSecret(who.tenant(), receiver, body == null ? null : body.secret())
                .call(() -> audit.note(who, "receiver.webhook_secret", receiver));
    }

    /** How a test ended; {@code detail} never holds anything that the receiver sent. */
    public record TestResult(boolean delivered, String detail) {}

    /** Sends a notification that says it is a test. */
    @POST
    @Path("{id}/test")
    @RequiresScope(Scope.ADMIN)
    public Uni<TestResult> test(@PathParam("id") String id) {
        return receivers.test(caller.tenant(), Paging.shortened(id)).map(attempt -> {
            NextStep step = RetryPolicy.after(attempt, 1, Duration.ZERO, 0);
            return new TestResult(step instanceof NextStep.Delivered, step.detail());
        });
    }
}
