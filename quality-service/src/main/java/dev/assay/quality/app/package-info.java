/** What the service does with calls, feedback and questions about them. */
@NullMarked
package dev.assay.quality.app;

import org.jspecify.annotations.NullMarked;
