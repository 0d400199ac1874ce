package dev.assay.alert.app;

import dev.assay.alert.domain.notification.Attempt;
import dev.assay.platform.outbound.OutboundUrl;
import io.smallrye.mutiny.Uni;

/** A way to notify: one bean for each type of receiver. */
public interface Notifier {
    /** The type of the receivers that it serves. */
    String type();

    /** Whether a receiver without a secret gets one made. */
    boolean makesSecrets();

    /** Whether a receiver must have a secret, given or made. */
    default boolean needsSecret() {
        return !urlIsSecret();
    }

    /** Whether the URL itself is what nobody else may know: then it is sealed, and shown without its path. */
    default boolean urlIsSecret() {
        return false;
    }

    /** Whether a receiver may have several notifications put into one; not where each incident is one of its own. */
    default boolean groups() {
        return true;
    }

    /** Where it sends to for a receiver's URL, which may be empty. */
    OutboundUrl target(String url) throws OutboundUrl.Invalid;

    /** Tries once. Never fails: what goes wrong is the attempt's outcome. */
    Uni<Attempt> send(Delivery delivery, String url, String secret);
}
