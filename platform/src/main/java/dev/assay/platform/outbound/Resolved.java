package dev.assay.platform.outbound;

import java.net.InetAddress;

/** An address to connect to, or why there is none. */
public sealed interface Resolved {
    /** The host's address, as it was judged. */
    record Address(InetAddress address) implements Resolved {}

    /** The name is not known, or not known in time: later it may be. */
    record Unknown(String reason) implements Resolved {}

    /** It must not be connected to. */
    record Forbidden(String reason) implements Resolved {}
}
