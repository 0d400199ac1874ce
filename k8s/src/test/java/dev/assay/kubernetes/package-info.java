/** Checks of what Assay is deployed with, all without a cluster: rendered, deserialised, and held to the services. */
package dev.assay.kubernetes;
