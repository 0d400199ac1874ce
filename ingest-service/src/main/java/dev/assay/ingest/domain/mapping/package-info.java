/**
 * From what telemetry SDKs send to the canonical call: dialects, field names, token conventions, errors, messages.
 *
 * <p>Plain functions over spans and log records. Nothing here is rejected for being unknown; what is odd is named in the
 * call's anomalies.
 */
@NullMarked
package dev.assay.ingest.domain.mapping;

import org.jspecify.annotations.NullMarked;
