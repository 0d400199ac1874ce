/** What goes out to Kafka from the entrance. */
@NullMarked
package dev.assay.ingest.messaging;

import org.jspecify.annotations.NullMarked;
