package dev.assay.cost.api;

import dev.assay.cost.app.Budgets;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The budgets of the caller's project. */
@Path("/v1/budgets")
@Produces(MediaType.APPLICATION_JSON)
public class BudgetsResource {
    private static final int MOST = 200;

    private final CurrentCaller caller;
    private final Budgets budgets;
    private final ProjectDirectory projects;

    BudgetsResource(CurrentCaller caller, Budgets budgets, ProjectDirectory projects) {
        this.caller = caller;
        this.budgets = budgets;
        this.projects = projects;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Makes a budget",
            description =
                    "So much per day, week (from Monday) or month in a time zone, for the calls that the filter names:"
                            + " dimensions and user_id. What the ledger has of the current period counts from the start."
                            + " At most 200 a project.")
    public Uni<Response> add(@Nullable BudgetRequest request) {
        if (request == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        Instant now = Instant.now();
        String tenant = caller.tenant();
        Budget budget = request.toBudget(tenant, projects.project(tenant).currency(), now);
        return budgets.add(budget, now, caller.get().keyId(), MOST)
                .invoke(added -> {
                    if (!added) {
                        throw Problem.conflict("a project has at most " + MOST + " budgets");
                    }
                })
                .chain(() -> standing(budget.id(), now))
                .map(view -> Response.created(URI.create("/v1/budgets/" + budget.id()))
                        .entity(view)
                        .build());
    }

    @GET
    @RequiresScope(Scope.READ)
    @Operation(summary = "The budgets of the project, by name, as they stand")
    public Uni<BudgetView.Page> list() {
        Instant now = Instant.now();
        return budgets.list(caller.tenant(), now)
                .map(all -> new BudgetView.Page(
                        all.stream().map(one -> BudgetView.of(one, now)).toList()));
    }

    @GET
    @Path("{id}")
    @RequiresScope(Scope.READ)
    @Operation(
            summary = "One budget as it stands",
            description = "spent is the list cost of its calls of the current period, and what was settled for calls"
                    + " that have not arrived yet; reserved is held for calls under way.")
    public Uni<BudgetView> get(@PathParam("id") String id) {
        return standing(RequestField.id("budget", id), Instant.now());
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "Takes a budget away, with its reservations")
    public Uni<Void> delete(@PathParam("id") String id) {
        return budgets.remove(caller.tenant(), RequestField.id("budget", id))
                .invoke(removed -> {
                    if (!removed) {
                        throw noBudget();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<BudgetView> standing(UUID id, Instant now) {
        return budgets.find(caller.tenant(), id, now)
                .map(found ->
                        found.map(standing -> BudgetView.of(standing, now)).orElseThrow(BudgetsResource::noBudget));
    }

    static Problem noBudget() {
        return Problem.notFound("there is no budget of this id");
    }
}
