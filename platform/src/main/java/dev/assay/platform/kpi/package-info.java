/**
 * What a KPI is, how it is computed from a window, how it is asked for and how it is answered: one catalogue, one query
 * and one shape of answer for all services.
 */
@NullMarked
package dev.assay.platform.kpi;

import org.jspecify.annotations.NullMarked;
