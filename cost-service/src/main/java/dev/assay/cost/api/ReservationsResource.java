package dev.assay.cost.api;

import dev.assay.cost.app.EstimateCall;
import dev.assay.cost.app.EstimateCall.Estimate;
import dev.assay.cost.app.Reservations;
import dev.assay.cost.app.Reservations.Ending;
import dev.assay.cost.app.Reservations.Outcome;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Money held for calls under way: reserve before the call, settle or release after it. */
@Path("/v1/budgets/{id}/reservations")
@Produces(MediaType.APPLICATION_JSON)
public class ReservationsResource {
    private final CurrentCaller caller;
    private final Reservations reservations;
    private final EstimateCall estimates;
    private final ProjectDirectory projects;

    ReservationsResource(
            CurrentCaller caller, Reservations reservations, EstimateCall estimates, ProjectDirectory projects) {
        this.caller = caller;
        this.reservations = reservations;
        this.estimates = estimates;
        this.projects = projects;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope({Scope.INGEST, Scope.ADMIN})
    @Operation(
            summary = "Holds money for a call",
            description =
                    "402 when it does not fit into what is available, however many ask at once; 422 when neither amount"
                            + " nor a price of the model is known. A second request under the same Idempotency-Key is the"
                            + " first one again, with 201 and the same id; 422 if it asks for something else. What is not"
                            + " settled or released by its time is given back.")
    public Uni<Response> reserve(
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable ReservationRequest request) {
        if (request == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        UUID budget = RequestField.id("budget", id);
        String currency = request.currency() == null
                ? projects.project(caller.tenant()).currency()
                : RequestField.text("currency", request.currency());
        String idempotencyKey = key == null ? null : RequestField.text("Idempotency-Key", key);
        String tenant = caller.tenant();
        return amount(tenant, request)
                .chain(amount -> reservations.reserve(new Reservations.Request(
                        tenant,
                        budget,
                        amount,
                        currency,
                        RequestField.optionalText("model", request.model()),
                        request.expiresIn(),
                        idempotencyKey,
                        request.toString())))
                .map(ReservationsResource::answer);
    }

    private Uni<BigDecimal> amount(String tenant, ReservationRequest request) {
        BigDecimal told = request.checkedAmount();
        if (told != null) {
            return Uni.createFrom().item(told);
        }
        if (request.model() == null) {
            throw Problem.unprocessable("amount", "must be given, or a model to price");
        }
        String model = RequestField.text("model", request.model());
        String provider = RequestField.optionalText("provider", request.provider());
        return estimates
                .estimate(tenant, provider, model, request.checkedInput(), request.checkedOutput())
                .map(estimate -> amountOf(estimate, model));
    }

    private static BigDecimal amountOf(Estimate estimate, String model) {
        if (estimate instanceof Estimate.NoLimit unlimited) {
            throw Problem.unprocessable(
                    unlimited.field(), "must be given: the catalogue knows no limit of " + RequestField.shown(model));
        }
        if (estimate instanceof Estimate.NoPrice unpriced) {
            throw Problem.unprocessable(
                    "model",
                    "has no price (" + unpriced.reason() + ": " + RequestField.shown(unpriced.detail())
                            + "); give an amount, or set a price at /v1/prices/overrides");
        }
        return ((Estimate.Amount) estimate).amount();
    }

    private static Response answer(Outcome outcome) {
        if (outcome instanceof Outcome.Held held) {
            return Response.status(Response.Status.CREATED)
                    .entity(ReservationView.of(held.reservation()))
                    .build();
        }
        if (outcome instanceof Outcome.Refused refused) {
            throw Problem.of(
                    402,
                    "Payment Required",
                    "the budget has " + Decimals.text(refused.available()) + " left; "
                            + Decimals.text(refused.figures().reserved()) + " is held for calls under way");
        }
        if (outcome instanceof Outcome.OtherCurrency other) {
            throw Problem.unprocessable("currency", "must be the budget's, " + other.currency());
        }
        if (outcome instanceof Outcome.KeyTaken) {
            throw Problem.unprocessable("Idempotency-Key", "stands for another request already");
        }
        throw BudgetsResource.noBudget();
    }

    @GET
    @Path("{rid}")
    @RequiresScope({Scope.READ, Scope.INGEST})
    @Operation(summary = "One reservation as it is now")
    public Uni<ReservationView> get(@PathParam("id") String id, @PathParam("rid") String rid) {
        return reservations
                .find(caller.tenant(), RequestField.id("budget", id), RequestField.id("reservation", rid))
                .map(found -> found.map(ReservationView::of).orElseThrow(ReservationsResource::noReservation));
    }

    @POST
    @Path("{rid}/settle")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope({Scope.INGEST, Scope.ADMIN})
    @Operation(
            summary = "Says what the call came to",
            description =
                    "Recorded in full, even above what was held or after its time. Repeating it adds nothing; another"
                            + " amount or event_id is a 409. Once the ledger has the call of event_id, its amount counts instead.")
    public Uni<ReservationView> settle(
            @PathParam("id") String id,
            @PathParam("rid") String rid,
            ReservationRequest.@Nullable Settlement settlement) {
        if (settlement == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        String currency = settlement.currency() == null
                ? projects.project(caller.tenant()).currency()
                : RequestField.text("currency", settlement.currency());
        String eventId = settlement.eventId() == null ? null : RequestField.text("event_id", settlement.eventId());
        return reservations
                .settle(
                        caller.tenant(),
                        RequestField.id("budget", id),
                        RequestField.id("reservation", rid),
                        RequestField.money("amount", settlement.amount()),
                        currency,
                        eventId)
                .map(ReservationsResource::answer);
    }

    @POST
    @Path("{rid}/release")
    @RequiresScope({Scope.INGEST, Scope.ADMIN})
    @Operation(
            summary = "Gives a reservation back",
            description = "Repeating it changes nothing; a settled one is a 409.")
    public Uni<ReservationView> release(@PathParam("id") String id, @PathParam("rid") String rid) {
        return reservations
                .release(caller.tenant(), RequestField.id("budget", id), RequestField.id("reservation", rid))
                .map(ReservationsResource::answer);
    }

    private static ReservationView answer(Optional<Ending> ending) {
        Ending end = ending.orElseThrow(ReservationsResource::noReservation);
        if (end instanceof Ending.Conflict conflict) {
            throw Problem.conflict(
                    "the reservation is " + conflict.reservation().state().label() + " already");
        }
        if (end instanceof Ending.OtherCurrency other) {
            throw Problem.unprocessable("currency", "must be the reservation's, " + other.currency());
        }
        return ReservationView.of(((Ending.Done) end).reservation());
    }

    private static Problem noReservation() {
        return Problem.notFound("there is no reservation of this id on this budget");
    }
}
