package dev.assay.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.app.AuditTrail;
import dev.assay.alert.app.ManageRules;
import dev.assay.alert.app.PrometheusRules;
import dev.assay.alert.app.RuleText;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The rules of a project, the defaults among them. */
@Path("/v1/rules")
public class RulesResource {
    private final ManageRules rules;
    private final BacktestOffer offer;
    private final AuditTrail audit;
    private final CurrentCaller caller;

    RulesResource(ManageRules rules, BacktestOffer offer, AuditTrail audit, CurrentCaller caller) {
        this.rules = rules;
        this.offer = offer;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RequiresScope(Scope.READ)
    public Uni<Page<ObjectNode>> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return rules.all(caller.tenant()).map(all -> paging.page(all, RulesResource::view));
    }

    @GET
    @Path("{id}")
    @RequiresScope(Scope.READ)
    public Uni<ObjectNode> get(@PathParam("id") String id) {
        return rules.get(caller.tenant(), Paging.shortened(id)).map(RulesResource::view);
    }

    /**
     * Keeps a rule. With {@code backtest}, a duration such as {@code 7d}, the answer says what it would have done in
     * that time until now; with {@code dry_run} it says so, and that the rule could be kept, without keeping it.
     */
    @POST
    @Consumes("application/json")
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<ObjectNode>> create(
            @Nullable JsonNode body,
            @QueryParam("backtest") @Nullable String backtest,
            @QueryParam("pages_per_week") @Nullable String pagesPerWeek,
            @QueryParam("dry_run") @Nullable String dryRun) {
        Caller who = caller.get();
        BacktestOffer.Wish wish = offer.wish(backtest, pagesPerWeek);
        if (flag("dry_run", dryRun)) {
            return rules.check(who.tenant(), required(body))
                    .chain(rule -> offer.with(who.tenant(), rule, wish, view(rule)))
                    .map(answer -> RestResponse.ok(answer));
        }
        return rules.create(who.tenant(), required(body))
                .call(rule -> audit.note(who, "rule.create", rule.id()))
                .chain(rule -> offer.with(who.tenant(), rule, wish, view(rule))
                        .map(answer -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, answer)
                                .location(URI.create("/v1/rules/" + rule.id()))
                                .build()));
    }

    /** Rules as YAML: all of them, or with a fault none. */
    @POST
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml"})
    @RequiresScope(Scope.ADMIN)
    public Uni<RestResponse<Page<ObjectNode>>> createAll(String yaml) {
        Caller who = caller.get();
        return rules.keepAll(who.tenant(), yaml)
                .call(kept -> audit.note(who, "rule.import", kept.size() + " rules"))
                .map(kept -> RestResponse.status(
                        RestResponse.Status.CREATED,
                        new Page<>(kept.stream().map(RulesResource::view).toList(), null)));
    }

    /** The rules as a file for Prometheus, or as the Kubernetes resource PrometheusRule. */
    @GET
    @Path("export")
    @Produces("application/yaml")
    @RequiresScope(Scope.READ)
    public Uni<String> export(@QueryParam("format") @Nullable String format) {
        if (format != null && !format.equals("prometheus") && !format.equals("kubernetes")) {
            throw Problem.badRequest(
                    "format", "must be one of prometheus, kubernetes, got: " + Paging.shortened(format));
        }
        String tenant = caller.tenant();
        return rules.all(tenant).map(all -> PrometheusRules.file(tenant, all, "kubernetes".equals(format)));
    }

    @PUT
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<ObjectNode> replace(
            @PathParam("id") String id,
            @Nullable JsonNode body,
            @QueryParam("backtest") @Nullable String backtest,
            @QueryParam("pages_per_week") @Nullable String pagesPerWeek) {
        Caller who = caller.get();
        BacktestOffer.Wish wish = offer.wish(backtest, pagesPerWeek);
        return rules.replace(who.tenant(), Paging.shortened(id), required(body))
                .call(rule -> audit.note(who, "rule.replace", rule.id()))
                .chain(rule -> offer.with(who.tenant(), rule, wish, view(rule)));
    }

    @DELETE
    @Path("{id}")
    @RequiresScope(Scope.ADMIN)
    public Uni<Void> delete(@PathParam("id") String id) {
        Caller who = caller.get();
        return rules.delete(who.tenant(), Paging.shortened(id))
                .call(() -> audit.note(who, "rule.delete", Paging.shortened(id)));
    }

    private static boolean flag(String field, @Nullable String value) {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw Problem.badRequest(field, "must be true or false, got: " + Paging.shortened(value));
        }
        return "true".equals(value);
    }

    private static JsonNode required(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        return body;
    }

    private static ObjectNode view(Rule rule) {
        ObjectNode json = RuleText.write(rule);
        json.put("id", rule.id());
        json.put("built_in", rule.builtIn());
        return json;
    }
}
