/** Who is calling: projects, API keys, scopes, the dashboard's internal token, and reads that see one project only. */
@NullMarked
package dev.assay.platform.tenancy;

import org.jspecify.annotations.NullMarked;
