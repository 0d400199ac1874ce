/** JSON by Jackson: text inside attributes, and the bounds for what clients send. */
@NullMarked
package dev.assay.ingest.json;

import org.jspecify.annotations.NullMarked;
