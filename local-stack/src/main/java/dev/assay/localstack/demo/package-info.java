/** Recorded traffic of real SDKs, multiplied into a project that looks alive: {@code ./assay demo}. */
@NullMarked
package dev.assay.localstack.demo;

import org.jspecify.annotations.NullMarked;
