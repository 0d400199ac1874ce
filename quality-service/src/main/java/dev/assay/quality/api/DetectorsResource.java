package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import dev.assay.quality.app.DetectorFigures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** How good the built-in detectors are: each figure on each source that they were not trained on. */
@Path("/v1/detectors")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class DetectorsResource {
    private final DetectorFigures figures;

    DetectorsResource(DetectorFigures figures) {
        this.figures = figures;
    }

    /** All detectors that are trained. */
    @RegisterForReflection
    public record Answer(List<Item> items) {}

    /** One detector, the source where it does worst, and all of them. */
    @RegisterForReflection
    public record Item(
            @JsonProperty("name") String name,
            @JsonProperty("version") String version,
            @JsonProperty("threshold") double threshold,
            @JsonProperty("sensitivity") double sensitivity,
            @JsonProperty("findings") long findings,
            @JsonProperty("false_alarm_rate") double falseAlarmRate,
            @JsonProperty("others") long others,
            @JsonProperty("worst") @Nullable Source worst,
            @JsonProperty("held_out") List<Source> heldOut) {}

    /** Figures on one held-out source. */
    @RegisterForReflection
    public record Source(
            @JsonProperty("source") String source,
            @JsonProperty("texts") int texts,
            @JsonProperty("findings") int findings,
            @JsonProperty("auc") @Nullable Double auc,
            @JsonProperty("precision") @Nullable Double precision,
            @JsonProperty("recall") @Nullable Double recall,
            @JsonProperty("false_alarm_rate") @Nullable Double falseAlarmRate) {
        static Source of(DetectorFigures.Source source) {
            return new Source(
                    source.source(),
                    source.texts(),
                    source.findings(),
                    source.auc(),
                    source.precision(),
                    source.recall(),
                    source.falseAlarmRate());
        }
    }

    @GET
    @Operation(
            summary = "How good the detectors are",
            description =
                    "Measured when they were trained, each time on a source that was left out of the training; worst"
                            + " is the source with the lowest area under the ROC curve.")
    public Answer detectors() {
        return new Answer(figures.all().stream().map(DetectorsResource::item).toList());
    }

    private static Item item(DetectorFigures.Detector detector) {
        DetectorFigures.Source worst = detector.worst();
        return new Item(
                detector.name(),
                detector.version(),
                detector.threshold(),
                detector.sensitivity(),
                detector.findings(),
                detector.falseAlarmRate(),
                detector.others(),
                worst == null ? null : Source.of(worst),
                detector.heldOut().stream().map(Source::of).toList());
    }
}
