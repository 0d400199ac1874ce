package dev.assay.platform.web;

import dev.assay.platform.tenancy.Authenticator;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a request through to its resource when its key has the scope that the resource asks for. */
@ApplicationScoped
public class ScopeFilter {
    private final Authenticator authenticator;
    private final CurrentCaller current;
    private final Map<Method, Scope[]> needed = new ConcurrentHashMap<>();

    ScopeFilter(Authenticator authenticator, CurrentCaller current) {
        this.authenticator = authenticator;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    @Priority(Priorities.AUTHENTICATION)
    public void filter(ContainerRequestContext request, ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method == null) {
            return; // no resource matched: the answer is 404 or 405 whoever asks
        }
        if (method.isAnnotationPresent(SignedAccess.class)) {
            return;
        }
        Caller caller = authenticator
                .authenticate(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(
                        () -> Problem.unauthorized("send a live API key: Authorization: Bearer assay_<id>_<secret>"));
        Scope[] scopes = needed.computeIfAbsent(method, m -> scopesOf(m, resource.getResourceClass()));
        if (Arrays.stream(scopes).noneMatch(caller::may)) {
            throw Problem.forbidden("this needs a key with the scope "
                    + Arrays.stream(scopes).map(Scope::wireName).collect(Collectors.joining(" or ")));
        }
        current.set(caller);
    }

    private static Scope[] scopesOf(Method method, Class<?> resourceClass) {
        RequiresScope own = method.getAnnotation(RequiresScope.class);
        if (own != null) {
            return own.value();
        }
        RequiresScope ofClass = resourceClass.getAnnotation(RequiresScope.class);
        return ofClass == null ? new Scope[0] : ofClass.value();
    }
}
