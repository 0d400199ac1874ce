/** How notifications travel: webhooks and PagerDuty, over connections that cannot be led astray. */
@NullMarked
package dev.assay.alert.notify;

import org.jspecify.annotations.NullMarked;
