/** Where this service may connect to on behalf of a project. */
@NullMarked
package dev.assay.quality.domain.outbound;

import org.jspecify.annotations.NullMarked;
