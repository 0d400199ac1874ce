package dev.assay.quality.domain.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * The base URL of an OpenAI-compatible endpoint, such as {@code https://api.openai.com/v1}: http or https, without
 * credentials, query or fragment.
 *
 * @param host in lower case, without the brackets of IPv6
 * @param path without a slash at its end; may be empty
 */
public record EndpointUrl(boolean tls, String host, int port, String path) {
    private static final int MAX_LENGTH = 1_000;

    /**
     * The URL that a text is.
     *
     * @throws IllegalArgumentException if it is none; the message says what it must be
     */
    public static EndpointUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text.length() > MAX_LENGTH ? "" : text.strip());
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("must be an http or https URL of at most " + MAX_LENGTH + " characters");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
            throw new IllegalArgumentException("must be an http or https URL of at most " + MAX_LENGTH + " characters");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have no credentials, query or fragment");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        // 2130706433, 0x7f.1 and the like: what some resolvers take for an IPv4 address
        boolean numeric = host.matches("[0-9.]+|(?:0x[0-9a-f]*|[0-9]+)(?:\\.(?:0x[0-9a-f]*|[0-9]+))*\\.?");
        if (numeric && !host.matches("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})")) {
            throw new IllegalArgumentException("must write an IPv4 address as four decimal numbers");
        }
        boolean tls = scheme.equals("https");
        int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("must have a port from 1 to 65535");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        return new EndpointUrl(tls, host, port, path);
    }

    /** Whether an operator's list of hosts, each with or without a port, names it. */
    public boolean isAmong(Set<String> hosts) {
        return hosts.contains(host) || hosts.contains(hostAndPort());
    }

    /** Host and port as in a Host header. */
    public String hostAndPort() {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? bracketed : bracketed + ":" + port;
    }
}
