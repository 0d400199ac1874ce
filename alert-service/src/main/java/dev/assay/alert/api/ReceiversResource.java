package dev.assay.alert.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.alert.app.ManageReceivers;
import dev.assay.alert.app.ReceiverStore;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where notifications go. A secret goes in and never comes out again. */
@Path("/v1/receivers")
public class ReceiversResource {
    private final ManageReceivers receivers;
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
            @Nullable String secret) {
        static ReceiverView of(ReceiverStore.Receiver receiver, @Nullable String secret) {
            String url = receiver.url().isEmpty() ? null : receiver.url();
            return new ReceiverView(
                    receiver.id(), receiver.name(), receiver.type(), url, receiver.createdTime(), secret);
        }
    }

    /** A receiver to make. */
    public record NewReceiver(
            @Nullable String name,
            @Nullable String type,
            @Nullable String url,
            @Nullable String secret) {
        @Override
        public String toString() {
            return "NewReceiver[" + name + ", " + type + "]";
        }
    }

    ReceiversResource(ManageReceivers receivers, CurrentCaller caller) {
        this.receivers = receivers;
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
        return receivers
                .create(
                        caller.tenant(),
                        new ManageReceivers.Wanted(wanted.name(), wanted.type(), wanted.url(), wanted.secret()))
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
        return receivers.delete(caller.tenant(), Paging.shortened(id));
    }
}
