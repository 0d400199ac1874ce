/** PostgreSQL: windows, states, incidents, deliveries, and the entities that people administer. */
@NullMarked
package dev.assay.alert.store;

import org.jspecify.annotations.NullMarked;
