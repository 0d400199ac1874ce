/** The services' APIs as the dashboard uses them, and the token that it shows them. */
@NullMarked
package dev.assay.dashboard.client;

import org.jspecify.annotations.NullMarked;
