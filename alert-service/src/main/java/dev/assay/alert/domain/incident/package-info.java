/** One stretch of firing as people know it: its identity, what changed about it, and whether that pages anyone. */
@NullMarked
package dev.assay.alert.domain.incident;

import org.jspecify.annotations.NullMarked;
