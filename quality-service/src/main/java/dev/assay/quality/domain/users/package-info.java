/** What users say and achieve: ratings, recommendations, tasks, and what their comments complain about. */
@NullMarked
package dev.assay.quality.domain.users;

import org.jspecify.annotations.NullMarked;
