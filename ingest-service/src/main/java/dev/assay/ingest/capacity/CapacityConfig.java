package dev.assay.ingest.capacity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** When capacity counts as used up. */
@ConfigMapping(prefix = "assay.capacity")
public interface CapacityConfig {
    /** A utilization over this share is at capacity. */
    @WithDefault("0.85")
    @DecimalMin(value = "0.01", message = "assay.capacity.at-capacity-ratio must be 0.01 to 1")
    @DecimalMax(value = "1", message = "assay.capacity.at-capacity-ratio must be 0.01 to 1")
    double atCapacityRatio();
}
