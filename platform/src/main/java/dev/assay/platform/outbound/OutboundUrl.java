package dev.assay.platform.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a project wants something sent: an {@code http} or {@code https} address without credentials, with its host as a name, an
 * IPv4 address in the usual form, or an IPv6 address in brackets.
 *
 * @param host without brackets, in lower case
 * @param target path and query
 */
public record OutboundUrl(boolean tls, String host, int port, String target) {
    private static final int MAX_LENGTH = 2_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int FIRST_USER_PORT = 1024;
    private static final Pattern USUAL_IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    /** What some resolvers read as an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1, 127.1. */
    private static final Pattern NUMERIC =
            Pattern.compile("(?:0[xX][0-9a-fA-F]*|\\d+)(?:\\.(?:0[xX][0-9a-fA-F]*|\\d+))*\\.?");

    /** Why a text is no such address. */
    public static final class Invalid extends Exception {
        /** For a caller that takes fewer addresses than this. */
        public Invalid(String message) {
            super(message);
        }
    }

    /** The address that {@code text} says. */
    public static OutboundUrl parse(String text) throws Invalid {
        if (text.length() > MAX_LENGTH) {
            throw new Invalid("must have at most " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new Invalid("must be an http or https URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            throw new Invalid("must be an http or https URL");
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw new Invalid("must not carry credentials");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new Invalid("must name a host");
        }
        String host = bare(uri.getHost());
        if (NUMERIC.matcher(host).matches() && !USUAL_IPV4.matcher(host).matches()) {
            throw new Invalid("must write an IPv4 address as four decimal numbers");
        }
        int port = uri.getPort() < 0 ? (tls ? HTTPS : HTTP) : uri.getPort();
        if (port != HTTP && port != HTTPS && port < FIRST_USER_PORT || port > 65_535) {
            throw new Invalid("must use port 80, 443 or one from 1024 to 65535, got: " + port);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new OutboundUrl(tls, host, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /** Whether it has no path of its own. */
    public boolean isBare() {
        return target.equals("/");
    }

    /** The same host and port with another path and query. */
    public OutboundUrl withTarget(String path) {
        return new OutboundUrl(tls, host, port, path);
    }

    /** Host and port as in a {@code Host} header: without the port that is usual. */
    public String hostAndPort() {
        return port == (tls ? HTTPS : HTTP) ? bracketed() : bracketed() + ":" + port;
    }

    /** Whether an operator's list of hosts, each with or without a port, names it. */
    public boolean isAmong(Set<String> hosts) {
        String bracketed = bracketed();
        return hosts.contains(host) || hosts.contains(bracketed) || hosts.contains(bracketed + ":" + port);
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return lower.substring(1, lower.length() - 1);
        }
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
