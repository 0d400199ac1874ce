/** What every HTTP API shares: authentication by scope, RFC 9457 problems, status of topics. */
@NullMarked
package dev.assay.platform.web;

import org.jspecify.annotations.NullMarked;
