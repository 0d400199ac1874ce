/** A PostgreSQL server as a child process, and the schemas and roles of an installation. */
@NullMarked
package dev.assay.localstack.postgres;

import org.jspecify.annotations.NullMarked;
