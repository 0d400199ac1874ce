/** How a notification leaves the house: signature, retry, and where it must never go. */
@NullMarked
package dev.assay.alert.domain.notification;

import org.jspecify.annotations.NullMarked;
