/** Language models over HTTP: the OpenAI-compatible chat completions API. */
@NullMarked
package dev.assay.quality.llm;

import org.jspecify.annotations.NullMarked;
