/** What alerting does: take windows in, keep rules and receivers, evaluate, deliver; and the ports that it needs. */
@NullMarked
package dev.assay.alert.app;

import org.jspecify.annotations.NullMarked;
