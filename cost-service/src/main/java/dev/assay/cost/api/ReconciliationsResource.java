package dev.assay.cost.api;

import dev.assay.cost.api.bill.Bill;
import dev.assay.cost.api.bill.BillFormat;
import dev.assay.cost.api.bill.BillRequest;
import dev.assay.cost.app.Reconciliations;
import dev.assay.cost.app.Reconciliations.Imported;
import dev.assay.cost.app.Reconciliations.Outcome;
import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Bills of providers beside the ledger. */
@Path("/v1/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
public class ReconciliationsResource {
    private static final int MOST_SERVICES = 20;

    private final CurrentCaller caller;
    private final Reconciliations reconciliations;
    private final ProjectDirectory projects;
    private final Vertx vertx;

    private record Read(Imported imported, List<BilledLine> lines) {}

    ReconciliationsResource(
            CurrentCaller caller, Reconciliations reconciliations, ProjectDirectory projects, Vertx vertx) {
        this.caller = caller;
        this.reconciliations = reconciliations;
        this.projects = projects;
        this.vertx = vertx;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "text/csv"})
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Imports a provider's bill and compares it with the ledger",
            description =
                    "The body is the report as the provider gives it; format is openai_costs, openai_costs_csv,"
                            + " anthropic_cost_report or focus_csv. provider is the ledger's name of the biller, which focus_csv"
                            + " must give, with the service names that are compared (service, repeated) and, if there is one, the"
                            + " model_column. All lines are in the project's currency and span at most 92 days"
                            + " (UTC) that are over. The same bill imported again answers 200 with the same id. At most 500 a project.")
    public Uni<Response> add(
            @Nullable @QueryParam("format") String format,
            @Nullable @QueryParam("provider") String provider,
            @QueryParam("service") List<String> services,
            @Nullable @QueryParam("model_column") String modelColumn,
            @Nullable String body) {
        if (body == null || body.isBlank()) {
            throw Problem.badRequest(null, "the body must be the provider's report");
        }
        BillFormat as = BillFormat.of(format);
        String tenant = caller.tenant();
        BillRequest request = new BillRequest(
                projects.project(tenant).currency(),
                optional("provider", provider),
                checked(services),
                optional("model_column", modelColumn),
                LocalDate.now(ZoneOffset.UTC));
        String by = caller.get().keyId();
        // reading takes a worker: a report may have megabytes
        return vertx.executeBlocking(() -> {
                    Bill bill = as.read(body, request);
                    return new Read(
                            new Imported(
                                    tenant,
                                    BillIdentity.of(tenant, as, request, body),
                                    as.label(),
                                    request.currency(),
                                    bill.firstDay(),
                                    bill.lastDay(),
                                    Instant.now(),
                                    by),
                            bill.lines());
                })
                .chain(read -> reconciliations
                        .add(read.imported(), read.lines())
                        .chain(outcome -> {
                            if (outcome == Outcome.FULL) {
                                throw Problem.conflict(
                                        "a project has at most " + Reconciliations.MOST + " reconciliations");
                            }
                            if (outcome == Outcome.TOO_WIDE) {
                                throw Problem.unprocessable(
                                        null,
                                        "the report and the ledger must have at most " + Reconciliations.MOST_GROUPS
                                                + " days, providers and models together; import it in parts");
                            }
                            return compared(read.imported().id()).map(view -> answer(outcome, view));
                        }));
    }

    @GET
    @RequiresScope(Scope.READ)
    @Operation(summary = "The project's imported bills, the latest first")
    public Uni<ReconciliationView.Page> list() {
        return reconciliations
                .list(caller.tenant())
                .map(all -> new ReconciliationView.Page(
                        all.stream().map(ReconciliationView.Summary::of).toList()));
    }

    @GET
    @Path("{id}")
    @RequiresScope(Scope.READ)
    @Operation(
            summary = "A bill beside the ledger by day (UTC), provider and model",
            description = "computed is the list cost at the import, difference is billed less computed: the sum, to the"
                    + " last digit, of its causes (late, unpriced, tier, cache, not_seen, rounding, credits,"
                    + " taxes_and_fees) and of what is unexplained.")
    public Uni<ReconciliationView> get(@PathParam("id") String id) {
        return compared(RequestField.id("reconciliation", id));
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "Forgets an imported bill")
    public Uni<Void> delete(@PathParam("id") String id) {
        return reconciliations
                .remove(caller.tenant(), RequestField.id("reconciliation", id))
                .invoke(removed -> {
                    if (!removed) {
                        throw none();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<ReconciliationView> compared(UUID id) {
        return reconciliations
                .find(caller.tenant(), id)
                .map(found -> found.map(ReconciliationView::of).orElseThrow(ReconciliationsResource::none));
    }

    private static Response answer(Outcome outcome, ReconciliationView view) {
        return outcome == Outcome.KNOWN
                ? Response.ok(view).build()
                : Response.created(URI.create("/v1/reconciliations/" + view.id()))
                        .entity(view)
                        .build();
    }

    private static Set<String> checked(List<String> services) {
        if (services.size() > MOST_SERVICES) {
            throw Problem.badRequest("service", "must be given at most " + MOST_SERVICES + " times");
        }
        Set<String> names = new TreeSet<>();
        services.forEach(service -> names.add(RequestField.text("service", service)));
        return names;
    }

    private static @Nullable String optional(String field, @Nullable String value) {
        return value == null ? null : RequestField.text(field, value);
    }

    private static Problem none() {
        return Problem.notFound("there is no reconciliation of this id");
    }
}
