package dev.assay.quality.api;

import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.DatasetText;
import dev.assay.quality.app.Gates;
import dev.assay.quality.app.Gates.Case;
import dev.assay.quality.app.Gates.Dataset;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** Datasets for gates. Posting one of a known name makes its next version; versions never change. */
@Path("/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class DatasetsResource {
    private final CurrentCaller caller;
    private final Gates gates;

    DatasetsResource(CurrentCaller caller, Gates gates) {
        this.caller = caller;
        this.gates = gates;
    }

    /** The latest version of each dataset. */
    @RegisterForReflection
    public record DatasetList(List<DatasetView> items) {}

    /** A version of a dataset. */
    @RegisterForReflection
    public record DatasetView(String name, int version, long cases) {
        static DatasetView of(Dataset it) {
            return new DatasetView(it.name(), it.version(), it.cases());
        }
    }

    @GET
    @Operation(summary = "The latest version of each dataset")
    public Uni<DatasetList> list() {
        return gates.datasets(caller.tenant())
                .map(all -> new DatasetList(all.stream().map(DatasetView::of).toList()));
    }

    @POST
    @Path("/{name}/versions")
    @Consumes({"application/x-ndjson", "text/csv"})
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Import a version of a dataset",
            description = "JSON lines (application/x-ndjson) or CSV with a header (text/csv), each with input and"
                    + " expected, and id where there is one; at most 10,000 cases.")
    public Uni<RestResponse<DatasetView>> add(
            @PathParam("name") String name, @HeaderParam("Content-Type") String type, String body) {
        if (!name.matches("[A-Za-z0-9_-]{1,100}")) {
            throw Problem.unprocessable("name", "must be 1 to 100 letters, digits, - and _");
        }
        List<Case> cases;
        try {
            cases = type.startsWith("text/csv") ? DatasetText.csv(body) : DatasetText.jsonLines(body);
        } catch (IllegalArgumentException invalid) {
            throw Problem.unprocessable(null, String.valueOf(invalid.getMessage()));
        }
        return gates.addDataset(caller.tenant(), name, cases)
                .map(made -> RestResponse.status(RestResponse.Status.CREATED, DatasetView.of(made)));
    }
}
