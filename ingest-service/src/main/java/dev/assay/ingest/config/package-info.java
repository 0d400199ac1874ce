/** Settings of the service, and what is produced from them. */
@NullMarked
package dev.assay.ingest.config;

import org.jspecify.annotations.NullMarked;
