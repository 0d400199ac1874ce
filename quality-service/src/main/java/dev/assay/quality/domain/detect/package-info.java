/**
 * Built-in detectors: what a response is (toxic, a refusal, unsupported, …), judged on the CPU in microseconds, with no
 * network and no framework.
 *
 * <p>Most are logistic regressions over hashed words and character n-grams plus a few lexical rules; their weights are
 * made by {@code dev.assay.quality.train}. How good they are stands in {@code models/MODEL_CARD.md}.
 */
@NullMarked
package dev.assay.quality.domain.detect;

import org.jspecify.annotations.NullMarked;
