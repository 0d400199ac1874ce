/** Configuration and the beans made from it. */
@NullMarked
package dev.assay.dashboard.config;

import org.jspecify.annotations.NullMarked;
