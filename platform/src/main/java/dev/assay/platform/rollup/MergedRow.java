package dev.assay.platform.rollup;

import java.util.Arrays;

/**
 * The rows of one minute or hour of one group, merged by the database.
 *
 * @param time in minutes or hours since the epoch
 * @param group the group's position among those of the query
 * @param states the rows' states, one after the other: as a message, that is their sum
 * @param hash of the rows' identities and revisions, whatever their order
 */
record MergedRow(int time, int group, byte[] states, long hash) {

    /** Of what the rows hold, beside what they are. */
    long contentHash() {
        return hash * 31 + Arrays.hashCode(states);
    }
}
