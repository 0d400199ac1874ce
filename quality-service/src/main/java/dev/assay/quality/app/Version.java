package dev.assay.quality.app;

import java.util.Arrays;
import java.util.Objects;

/**
 * Orders what was sent under one id, whatever order it arrives in: the one received last counts, then the greater bytes.
 *
 * @param receivedUs when ingest took it in
 * @param digest of what was sent
 */
public record Version(long receivedUs, byte[] digest) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
        int byTime = Long.compare(receivedUs, other.receivedUs);
        return byTime != 0 ? byTime : Arrays.compareUnsigned(digest, other.digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(receivedUs, Arrays.hashCode(digest));
    }
}
