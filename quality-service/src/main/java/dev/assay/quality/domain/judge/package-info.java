/** Judging responses by a language model: rubrics, what is asked, what counts as an answer, and how far to trust it. */
@NullMarked
package dev.assay.quality.domain.judge;

import org.jspecify.annotations.NullMarked;
