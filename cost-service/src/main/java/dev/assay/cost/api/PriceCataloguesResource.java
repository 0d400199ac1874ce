package dev.assay.cost.api;

import dev.assay.cost.app.PriceImports;
import dev.assay.cost.app.PriceImports.InvalidPriceList;
import dev.assay.cost.app.PriceImports.Outcome;
import dev.assay.cost.app.PriceImports.Wanted;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenancyConfig;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Versions of the price catalogue. They hold for every project, so only admin keys of the built-in project, which also
 * make projects, import them.
 */
@Path("/v1/prices/catalogues")
@Produces(MediaType.APPLICATION_JSON)
public class PriceCataloguesResource {
    private final CurrentCaller caller;
    private final PriceImports imports;
    private final TenancyConfig tenancy;

    PriceCataloguesResource(CurrentCaller caller, PriceImports imports, TenancyConfig tenancy) {
        this.caller = caller;
        this.imports = imports;
        this.tenancy = tenancy;
    }

    @GET
    @RequiresScope(Scope.READ)
    @Operation(summary = "The versions of the price catalogue, the latest first")
    public Uni<PriceImportView.Page> versions() {
        return imports.versions()
                .map(all -> new PriceImportView.Page(
                        all.stream().map(PriceImportView.VersionView::of).toList()));
    }

    @POST
    @Path("imports")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Compares a list of prices with those in force",
            description =
                    "The body is a list in LiteLLM's format, in US dollars per unit. version names it on ledger rows,"
                            + " effective_from (at least a minute ahead; by default a minute after it is applied) is when it is to"
                            + " hold, source says where it is from. Nothing changes until it is applied at"
                            + " /v1/prices/catalogues/imports/{id}/apply. For admin keys of the built-in project.")
    public Uni<Response> add(
            @Nullable @QueryParam("version") String version,
            @Nullable @QueryParam("effective_from") String effectiveFrom,
            @Nullable @QueryParam("source") String source,
            @Nullable String body) {
        operatorsOnly();
        if (body == null || body.isBlank()) {
            throw Problem.badRequest(null, "the body must be a list of prices");
        }
        String name = RequestField.text("version", version);
        if (!name.matches("[A-Za-z0-9._-]{1,60}")) {
            throw Problem.unprocessable("version", "must be 1 to 60 of A-Z, a-z, 0-9, '.', '_' and '-'");
        }
        Wanted wanted = new Wanted(
                UUID.randomUUID(),
                name,
                effectiveFrom == null ? null : instant(effectiveFrom),
                source == null ? "import" : RequestField.text("source", source),
                caller.get().keyId());
        return imports.preview(wanted, body)
                .onFailure(InvalidPriceList.class)
                .transform(e -> Problem.unprocessable(null, String.valueOf(e.getMessage())))
                .map(preview -> Response.created(URI.create("/v1/prices/catalogues/imports/" + wanted.id()))
                        .entity(PriceImportView.of(preview.orElseThrow(() -> Problem.conflict(
                                "at most " + PriceImports.MOST + " imports are kept, and all of them were applied"))))
                        .build());
    }

    @GET
    @Path("imports")
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "The lists of prices that are kept, the latest first, without what they change",
            description = "Those that came with an upgrade and were not installed are created_by shipped.")
    public Uni<PriceImportView.Imports> list() {
        operatorsOnly();
        return imports.list()
                .map(all -> new PriceImportView.Imports(
                        all.stream().map(PriceImportView.Summary::of).toList()));
    }

    @GET
    @Path("imports/{id}")
    @RequiresScope(Scope.ADMIN)
    @Operation(summary = "An imported list of prices and what it changes")
    public Uni<PriceImportView> get(@PathParam("id") String id) {
        operatorsOnly();
        return view(RequestField.id("import", id));
    }

    @POST
    @Path("imports/{id}/apply")
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Makes an imported list a version of the catalogue",
            description = "It holds from its time on, a minute ahead at the earliest, and prices no call before it."
                    + " Repeating it changes nothing. 409 when its time has come too near, other prices hold then than those"
                    + " it was compared with, or a version has its name or its time.")
    public Uni<PriceImportView> apply(@PathParam("id") String id) {
        operatorsOnly();
        UUID job = RequestField.id("import", id);
        return imports.apply(job, caller.get().keyId())
                .invoke(PriceCataloguesResource::refuse)
                .chain(() -> view(job));
    }

    private Uni<PriceImportView> view(UUID id) {
        return imports.find(id).map(found -> found.map(PriceImportView::of).orElseThrow(PriceCataloguesResource::none));
    }

    private static void refuse(Outcome outcome) {
        switch (outcome) {
            case APPLIED -> {}
            case NOT_THERE -> throw none();
            case STALE ->
                throw Problem.conflict(
                        "other prices hold at its time than those it was compared with; import it again");
            case TOO_LATE -> throw Problem.conflict("effective_from must lie at least 60 s ahead; import it again");
            case TAKEN -> throw Problem.conflict("a version has this name, or takes effect at this time");
            case FULL -> throw Problem.conflict("there are at most " + PriceImports.MOST + " versions");
        }
    }

    private void operatorsOnly() {
        if (!caller.tenant().equals(tenancy.builtInProject())) {
            throw Problem.forbidden("only an admin key of the built-in project imports price catalogues");
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.unprocessable("effective_from", "must be an RFC 3339 time, got: " + RequestField.shown(text));
        }
    }

    private static Problem none() {
        return Problem.notFound("there is no import of this id");
    }
}
