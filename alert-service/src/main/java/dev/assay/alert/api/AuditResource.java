package dev.assay.alert.api;

import dev.assay.alert.app.AuditTrail;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who changed rules, receivers, silences and incidents, the newest change first. */
@Path("/v1/audit")
@RequiresScope(Scope.ADMIN)
public class AuditResource {
    private final AuditTrail audit;
    private final CurrentCaller caller;

    AuditResource(AuditTrail audit, CurrentCaller caller) {
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    public Uni<Page<AuditTrail.Entry>> entries(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return audit.entries(caller.tenant()).map(all -> paging.page(all, Function.identity()));
    }
}
