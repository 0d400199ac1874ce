package dev.assay.platform.tenancy;

import java.util.Set;

/**
 * Who a request speaks for: one project, with the scopes of the key or token it carried.
 *
 * @param tenant project id
 * @param keyId the key's public id, or {@code dashboard:<user>} for the dashboard's internal token
 * @param scopes what the caller may do
 */
public record Caller(String tenant, String keyId, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
