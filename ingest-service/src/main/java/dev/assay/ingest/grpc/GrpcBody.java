package dev.assay.ingest.grpc;

import org.jspecify.annotations.Nullable;

/**
 * A message as its bytes; decoding is the service's, so that what cannot be decoded gets its own answer.
 *
 * @param bytes the plain bytes; empty when {@code fault} is set
 * @param fault what kept the message from being read, or null
 */
record GrpcBody(byte[] bytes, @Nullable Fault fault) {

    enum Fault {
        /** Larger than a message may be, perhaps only once decompressed. */
        TOO_LARGE,
        /** The compressed bytes are no such thing. */
        MALFORMED
    }
}
