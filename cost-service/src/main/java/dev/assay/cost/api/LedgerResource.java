package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.LedgerQuery;
import dev.assay.cost.app.LedgerRows;
import dev.assay.cost.app.LedgerRows.Order;
import dev.assay.cost.app.LedgerRows.Place;
import dev.assay.cost.app.PricedCall;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** The ledger, call by call: what figures are opened to, and what other tools read. */
@Path("/v1/costs")
@RequiresScope(Scope.READ)
public class LedgerResource {
    private static final String CSV = "text/csv";
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final CurrentCaller caller;
    private final LedgerRows ledger;

    LedgerResource(CurrentCaller caller, LedgerRows ledger) {
        this.caller = caller;
        this.ledger = ledger;
    }

    /** A page of calls. */
    @RegisterForReflection
    record Page(
            List<PricedCallView> items,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @GET
    @Path("/ledger")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            summary = "The calls that a figure is made of, the latest first",
            description = "Takes from, to (at most 92 days), a filter per dimension, user_id, task_id, price_key,"
                    + " price_version, unpriced_reason (or any), limit (1 to 1000, default 100), cursor, and format (json or"
                    + " csv; a CSV page tells the next cursor in the header Assay-Next-Cursor).")
    public Uni<Response> ledger(@Context UriInfo uri) {
        LedgerParameters parameters =
                LedgerParameters.parse(uri.getQueryParameters(), Instant.now(), Set.of("limit", "cursor", "format"));
        int limit = parameters.limit(USUAL, MOST);
        boolean csv = parameters.isCsv();
        String tenant = caller.tenant();
        return ledger.page(tenant, parameters.query(), parameters.cursor(), limit + 1, Order.LATEST_FIRST)
                .map(calls -> page(tenant, calls, limit))
                .map(page -> csv
                        ? csv(page)
                        : Response.ok(page, MediaType.APPLICATION_JSON).build());
    }

    private static Page page(String tenant, List<PricedCall> calls, int limit) {
        List<PricedCall> shown = calls.size() > limit ? calls.subList(0, limit) : calls;
        String next = calls.size() > limit ? LedgerParameters.cursorOf(Place.of(tenant, shown.get(limit - 1))) : null;
        return new Page(shown.stream().map(PricedCallView::of).toList(), next);
    }

    private static Response csv(Page page) {
        Response.ResponseBuilder answer = Response.ok(LedgerCsv.of(page.items()), CSV + ";charset=UTF-8");
        if (page.nextCursor() != null) {
            answer.header("Assay-Next-Cursor", page.nextCursor());
        }
        return answer.build();
    }

    @GET
    @Path("/focus")
    @Produces(CSV)
    @Operation(
            summary = "The ledger as a FOCUS 1.2 data set, the oldest call first",
            description =
                    "Takes from, to (at most 92 days) and the filters of the ledger. Streamed: however long the range,"
                            + " a page of it is in memory. Costs are list costs (x_CostBasis).")
    public Multi<String> focus(@Context UriInfo uri) {
        LedgerQuery query = LedgerParameters.parse(uri.getQueryParameters(), Instant.now(), Set.of())
                .query();
        String tenant = caller.tenant();
        Multi<String> rows = pages(tenant, query).map(page -> {
            StringBuilder text = new StringBuilder();
            page.forEach(call -> text.append(FocusCsv.rows(tenant, call)));
            return text.toString();
        });
        return RestMulti.fromMultiData(Multi.createBy()
                        .concatenating()
                        .streams(Multi.createFrom().item(FocusCsv.header()), rows))
                .header("Content-Disposition", "attachment; filename=\"focus.csv\"")
                .build();
    }

    /** Page after page, each read when the one before has gone out. */
    private Multi<List<PricedCall>> pages(String tenant, LedgerQuery query) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<@Nullable Place>(),
                        place -> ledger.page(tenant, query, place.get(), MOST, Order.OLDEST_FIRST)
                                .invoke(page -> {
                                    if (!page.isEmpty()) {
                                        place.set(Place.of(tenant, page.get(page.size() - 1)));
                                    }
                                }))
                .whilst(page -> page.size() == MOST);
    }
}
