package dev.assay.quality.domain.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Which variant a unit (a user, a session) gets: decided by hashes of its id alone, so that every replica, and any client
 * that hashes likewise, says the same, today and tomorrow.
 *
 * <p>Two independent hashes are taken. The first, of the traffic layer and the unit, places the unit among the slots of
 * its layer: experiments of one exclusive group share a layer and hold different slots, so no unit is in two of them. The
 * second, of the experiment and the unit, picks the variant by weight.
 *
 * @see <a href="https://doi.org/10.1145/1835804.1835810">Tang et al. (2010), Overlapping experiment infrastructure</a>
 */
public final class Assignment {
    /** Slots of a layer. */
    public static final int SLOTS = 10_000;

    private Assignment() {}

    /** The slot of a unit, 0 to {@link #SLOTS} exclusive. */
    public static int slot(String layer, String unit) {
        return (int) (fraction("layer", layer, unit) * SLOTS);
    }

    /**
     * The variant of a unit; empty if its slot is not the experiment's.
     *
     * @param layer the exclusive group, or the experiment itself where it has none
     * @param firstSlot of the experiment in its layer
     * @param endSlot behind its last
     */
    public static Optional<Variant> of(
            String experiment, String layer, int firstSlot, int endSlot, List<Variant> variants, String unit) {
        int slot = slot(layer, unit);
        return slot < firstSlot || slot >= endSlot ? Optional.empty() : Optional.of(pick(experiment, variants, unit));
    }

    private static Variant pick(String experiment, List<Variant> variants, String unit) {
        double whole = variants.stream().mapToDouble(Variant::weight).sum();
        double place = fraction("variant", experiment, unit) * whole;
        for (Variant variant : variants) {
            place -= variant.weight();
            if (place < 0) {
                return variant;
            }
        }
        return variants.get(variants.size() - 1); // rounding at the very end
    }

    /** Uniform in [0, 1): 53 bits of SHA-256(purpose, 0, salt, 0, unit). */
    private static double fraction(String purpose, String salt, String unit) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((purpose + '\0' + salt + '\0' + unit).getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << Byte.SIZE | hash[i] & 0xff;
            }
            return (bits >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
