/** What is looked at: project, time range, filters, and the families of KPIs with the service that answers for each. */
@NullMarked
package dev.assay.dashboard.domain;

import org.jspecify.annotations.NullMarked;
