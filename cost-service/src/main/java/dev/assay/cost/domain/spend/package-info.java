/** What was spent per day, what is usual, and what a month will come to. */
@NullMarked
package dev.assay.cost.domain.spend;

import org.jspecify.annotations.NullMarked;
