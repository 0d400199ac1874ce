/** The gRPC entrance, on the HTTP port: our own service, and OTLP's. */
@NullMarked
package dev.assay.ingest.grpc;

import org.jspecify.annotations.NullMarked;
