/** Projects and their API keys: kept in the database, told to every service over {@code control.projects.v1}. */
@NullMarked
package dev.assay.ingest.projects;

import org.jspecify.annotations.NullMarked;
