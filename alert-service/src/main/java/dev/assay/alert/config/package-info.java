/** Settings. */
@NullMarked
package dev.assay.alert.config;

import org.jspecify.annotations.NullMarked;
