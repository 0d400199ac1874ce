/** Which notifications of a receiver go together, and when. */
@NullMarked
package dev.assay.alert.domain.grouping;

import org.jspecify.annotations.NullMarked;
