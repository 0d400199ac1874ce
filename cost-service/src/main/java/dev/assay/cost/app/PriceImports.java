package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.CatalogueDiff;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions of the price catalogue, and lists of prices that are to become one. */
public interface PriceImports {
    /** The most imports that are kept, applied or not, and the most versions. */
    int MOST = 200;

    /** Who is said to have added the lists that came with an upgrade. */
    String SHIPPED = "shipped";

    /** A list that cannot become a catalogue; the message says why. */
    final class InvalidPriceList extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        public InvalidPriceList(String message) {
            super(message);
        }
    }

    /** How far an import is. */
    enum State {
        PREVIEWED,
        APPLIED;

        /** The name on the wire. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A list that is to become a version.
     *
     * @param version the name that ledger rows will have
     * @param effectiveFrom from when it is to hold; null for a minute after it is applied
     */
    record Wanted(UUID id, String version, @Nullable Instant effectiveFrom, String source, String by) {}

    /**
     * An import.
     *
     * @param effectiveFrom as asked for, and once applied as it is
     * @param baseVersion the version that it was compared with
     */
    record Import(
            UUID id,
            String version,
            @Nullable Instant effectiveFrom,
            State state,
            String baseVersion,
            String source,
            String currency,
            Instant createdTime,
            String createdBy,
            @Nullable Instant appliedTime,
            @Nullable String appliedBy) {}

    /**
     * An import and what it changes.
     *
     * @param models how many the list has
     * @param unknownRates names of rates that calls are not priced by and that are not known to be left out
     */
    record Preview(Import job, int models, CatalogueDiff diff, List<String> unknownRates) {
        public Preview {
            unknownRates = List.copyOf(unknownRates);
        }
    }

    /** A version of the catalogue. */
    record Version(String version, Instant effectiveFrom, String currency, String source, Instant installedTime) {}

    /** What became of an attempt to apply. */
    enum Outcome {
        APPLIED,
        NOT_THERE,
        /** Other prices hold at its time than those it was compared with. */
        STALE,
        /** Its time is less than a minute ahead. */
        TOO_LATE,
        /** A version has its name or its time. */
        TAKEN,
        /** There are as many versions as there may be. */
        FULL
    }

    /**
     * Keeps a list and compares it with the version that holds when it is to take effect. Where as many are kept as may be, the
     * oldest one that was not applied makes room; empty if all of them were applied.
     *
     * @param priceList in LiteLLM's format
     * @throws InvalidPriceList inside the Uni
     */
    Uni<Optional<Preview>> preview(Wanted wanted, String priceList);

    /** All imports, the latest first. */
    Uni<List<Import>> list();

    /** An import with its diff; empty if there is none. */
    Uni<Optional<Preview>> find(UUID id);

    /** Makes an import a version that holds from its time on, at least a minute ahead. Repeating it changes nothing. */
    Uni<Outcome> apply(UUID id, String by);

    /** All versions, the latest first. */
    Uni<List<Version>> versions();
}
