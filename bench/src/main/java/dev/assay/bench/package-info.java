/** Benchmarks: each goal is a ratio to a denominator that is measured in the same run, on the same broker and database. */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
