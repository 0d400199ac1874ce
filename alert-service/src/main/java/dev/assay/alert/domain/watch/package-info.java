/** The watcher is watched: what is wrong with alerting itself, and when that is told. */
@NullMarked
package dev.assay.alert.domain.watch;

import org.jspecify.annotations.NullMarked;
