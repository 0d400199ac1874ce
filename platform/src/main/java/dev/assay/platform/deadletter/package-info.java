/** Records that a sink gave up: listed, and put back on their topics once the cause is gone. */
@NullMarked
package dev.assay.platform.deadletter;

import org.jspecify.annotations.NullMarked;
