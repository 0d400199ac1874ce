/** What a rule would have done over the past. */
@NullMarked
package dev.assay.alert.domain.backtest;

import org.jspecify.annotations.NullMarked;
