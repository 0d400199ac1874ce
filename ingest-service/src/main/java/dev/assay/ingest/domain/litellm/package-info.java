/** What LiteLLM's generic callback sends as calls. */
@NullMarked
package dev.assay.ingest.domain.litellm;

import org.jspecify.annotations.NullMarked;
