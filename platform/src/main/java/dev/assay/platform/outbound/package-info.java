/**
 * Requests that a service makes to an address that a project gave: the address is read strictly, judged, and connected to
 * as it was judged, so that nobody reaches the house's own network through it.
 */
@NullMarked
package dev.assay.platform.outbound;

import org.jspecify.annotations.NullMarked;
