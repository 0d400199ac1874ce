/** The page's HTTP API, and what stands before everything on the public port. */
@NullMarked
package dev.assay.dashboard.api;

import org.jspecify.annotations.NullMarked;
