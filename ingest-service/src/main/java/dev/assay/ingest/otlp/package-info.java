/** OTLP over HTTP and gRPC: decoding, the endpoints, and the protocol's own answers. */
@NullMarked
package dev.assay.ingest.otlp;

import org.jspecify.annotations.NullMarked;
