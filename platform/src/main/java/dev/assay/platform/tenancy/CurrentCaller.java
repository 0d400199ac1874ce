package dev.assay.platform.tenancy;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the current HTTP request; set by the authentication filter before any resource runs. */
@RequestScoped
public class CurrentCaller {
    private @Nullable Caller caller;

    /** The authenticated caller; resources run only when there is one. */
    public Caller get() {
        if (caller == null) {
            throw new IllegalStateException("no caller: the resource was reached past the authentication filter");
        }
        return caller;
    }

    /** The caller's project. */
    public String tenant() {
        return get().tenant();
    }

    public void set(Caller authenticated) {
        this.caller = authenticated;
    }
}
