/** What {@code ./assay} does once the programs are built. */
@NullMarked
package dev.assay.localstack.command;

import org.jspecify.annotations.NullMarked;
