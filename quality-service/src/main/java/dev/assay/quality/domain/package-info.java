/** The rules of quality, safety and satisfaction: plain Java, no framework. */
@NullMarked
package dev.assay.quality.domain;

import org.jspecify.annotations.NullMarked;
