/** From what the detectors say to what counts: findings of a response, each with its own denominator. */
@NullMarked
package dev.assay.quality.domain.safety;

import org.jspecify.annotations.NullMarked;
