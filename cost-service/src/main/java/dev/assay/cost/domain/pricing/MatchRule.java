package dev.assay.cost.domain.pricing;

import java.util.Locale;

/** How a call's model name led to its price; kept on the ledger row beside the price's key. */
public enum MatchRule {
    /** The project's own price for this model. */
    OVERRIDE,
    /** The name as sent is the catalogue's key, and its seller is the call's provider. */
    EXACT,
    /** The provider's prefix before the name: {@code gemini-2.5-pro} of Gemini is {@code gemini/gemini-2.5-pro}. */
    PROVIDER_PREFIX,
    /** The last part of an ARN or a resource path. */
    RESOURCE_NAME,
    /** A fine-tune by the price of its base's fine-tunes. */
    FINE_TUNE,
    /** Without the cross-region prefix of Bedrock ({@code us.}, {@code eu.}, …). */
    REGION_PREFIX,
    /** Without a suffix that names the version or the context size, not the price. */
    VERSION_SUFFIX,
    /** Without the date: a dated name that the catalogue does not list costs what the undated one does. */
    DATE_SUFFIX,
    /** With {@code -latest} added. */
    LATEST,
    /** The provider was not told or is a gateway: the name alone decided. */
    NAME_ONLY;

    /** The name in the ledger and on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
