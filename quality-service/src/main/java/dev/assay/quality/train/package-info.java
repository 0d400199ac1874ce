/**
 * Trains the built-in detectors from labelled texts, measures them on sources they have not seen, and writes the model
 * files and their card. Run by people through {@code ./assay train}; the service itself never uses it.
 */
@NullMarked
package dev.assay.quality.train;

import org.jspecify.annotations.NullMarked;
