package dev.assay.cost.api;

import dev.assay.cost.app.RepriceJobs;
import dev.assay.cost.app.RepriceJobs.Job;
import dev.assay.cost.app.RepriceJobs.State;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Repricing jobs: made by {@code POST /v1/prices/overrides} with {@code "reprice": true}, applied and undone here. */
@Path("/v1/prices/reprices")
@Produces(MediaType.APPLICATION_JSON)
public class RepricesResource {
    private final CurrentCaller caller;
    private final RepriceJobs jobs;

    RepricesResource(CurrentCaller caller, RepriceJobs jobs) {
        this.caller = caller;
        this.jobs = jobs;
    }

    @GET
    @RequiresScope(Scope.READ)
    @Operation(summary = "The project's repricing jobs, the latest first, 200 at most")
    public Uni<RepriceView.Page> list() {
        return jobs.list(caller.tenant())
                .map(all ->
                        new RepriceView.Page(all.stream().map(RepriceView::of).toList()));
    }

    @GET
    @Path("{id}")
    @RequiresScope(Scope.READ)
    @Operation(summary = "One repricing job")
    public Uni<RepriceView> get(@PathParam("id") String id) {
        return jobs.find(caller.tenant(), RequestField.id("repricing job", id))
                .map(found -> RepriceView.of(found.orElseThrow(RepricesResource::noJob)));
    }

    @POST
    @Path("{id}/apply")
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Brings the job's price into force and prices its calls anew",
            description =
                    "All at once: figures show all of it or nothing. Repeating it changes nothing; 409 once undone.")
    public Uni<RepriceView> apply(@PathParam("id") String id) {
        return jobs.apply(
                        caller.tenant(),
                        RequestField.id("repricing job", id),
                        caller.get().keyId())
                .map(job -> ended(job, State.APPLIED));
    }

    @POST
    @Path("{id}/undo")
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Takes the job's price away and prices its calls as if it had never been",
            description = "Repeating it changes nothing; 409 when the job was not applied.")
    public Uni<RepriceView> undo(@PathParam("id") String id) {
        return jobs.undo(
                        caller.tenant(),
                        RequestField.id("repricing job", id),
                        caller.get().keyId())
                .map(job -> ended(job, State.UNDONE));
    }

    private static RepriceView ended(Optional<Job> found, State wanted) {
        Job job = found.orElseThrow(RepricesResource::noJob);
        if (job.state() != wanted) {
            throw Problem.conflict("the job is " + job.state().label());
        }
        return RepriceView.of(job);
    }

    private static Problem noJob() {
        return Problem.notFound("there is no repricing job of this id");
    }
}
