package dev.assay.ingest.entrance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Messages with some bytes gone wrong: changed, flipped, cut off, copied elsewhere. The same for the same seed. */
final class Mutants {

    static List<byte[]> of(byte[] good, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> mutants = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            mutants.add(mutate(good, random));
        }
        return mutants;
    }

    /** Every beginning of the message but the whole. */
    static List<byte[]> beginnings(byte[] good) {
        List<byte[]> beginnings = new ArrayList<>(good.length);
        for (int length = 1; length < good.length; length++) {
            beginnings.add(Arrays.copyOf(good, length));
        }
        return beginnings;
    }

    private static byte[] mutate(byte[] good, SplittableRandom random) {
        byte[] mutant = good.clone();
        int changes = random.nextInt(1, 6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) random.nextInt(256);
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant = Arrays.copyOf(mutant, Math.max(1, at));
                default -> {
                    int length = Math.min(random.nextInt(1, 20), mutant.length - at);
                    System.arraycopy(mutant, random.nextInt(mutant.length - length + 1), mutant, at, length);
                }
            }
        }
        return mutant;
    }

    private Mutants() {}
}
