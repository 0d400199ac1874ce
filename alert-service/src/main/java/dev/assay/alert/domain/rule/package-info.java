/** What is watched and when it is wrong: rules, their durations, windows and thresholds, and the seven defaults. */
@NullMarked
package dev.assay.alert.domain.rule;

import org.jspecify.annotations.NullMarked;
