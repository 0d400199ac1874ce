/** What keeps an alert that fires from being told: silences, maintenance windows, inhibition. */
@NullMarked
package dev.assay.alert.domain.quiet;

import org.jspecify.annotations.NullMarked;
