/** What the dashboard does: put one page's figures together from the services, each part on its own. */
@NullMarked
package dev.assay.dashboard.app;

import org.jspecify.annotations.NullMarked;
