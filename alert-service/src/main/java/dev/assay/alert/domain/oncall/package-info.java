/** Who is on call when, and who is told next if nobody answers. */
@NullMarked
package dev.assay.alert.domain.oncall;

import org.jspecify.annotations.NullMarked;
