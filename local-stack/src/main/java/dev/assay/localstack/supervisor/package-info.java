/** Keeps the processes of an installation running, and ends them. */
@NullMarked
package dev.assay.localstack.supervisor;

import org.jspecify.annotations.NullMarked;
