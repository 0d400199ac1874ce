/** Bodies of requests: bounded, decompressed by our own hand, counted against the bytes in flight. */
@NullMarked
package dev.assay.ingest.http;

import org.jspecify.annotations.NullMarked;
