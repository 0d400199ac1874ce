/**
 * Reports calls, feedback and outcomes to Assay from a Java application: {@link dev.assay.client.AssayClient} takes them
 * without waiting and sends them in batches in the background.
 */
@NullMarked
package dev.assay.client;

import org.jspecify.annotations.NullMarked;
