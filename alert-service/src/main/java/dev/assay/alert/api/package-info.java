/** The HTTP API: rules, receivers, alerts, status. */
@NullMarked
package dev.assay.alert.api;

import org.jspecify.annotations.NullMarked;
