package dev.assay.alert.app;

import dev.assay.alert.app.AlertReads.Alert;
import dev.assay.alert.app.AlertReads.Standing;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Phase;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.Threshold;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every alert of a project as it stands: of each rule that is on, also of one that never had data. */
@ApplicationScoped
public class ReportAlerts {
    /** The most urgent first. */
    private static final List<Phase> ORDER =
            List.of(Phase.FIRING, Phase.PENDING, Phase.RESOLVED, Phase.INACTIVE, Phase.NO_DATA);

    private static final Comparator<Item> BY_URGENCY = Comparator.<Item>comparingInt(
                    item -> ORDER.indexOf(item.alert().phase()))
            .thenComparing(item -> item.rule().severity())
            .thenComparing(item -> item.rule().name())
            .thenComparing(item -> item.rule().id())
            .thenComparing(item -> item.alert().labels().key());

    private final AlertReads reads;

    /**
     * An alert with its rule.
     *
     * @param threshold what the value is held against; null while the baseline is not known
     */
    public record Item(Rule rule, Alert alert, @Nullable Double threshold) {}

    ReportAlerts(AlertReads reads) {
        this.reads = reads;
    }

    /** All of them, the most urgent first. */
    public Uni<List<Item>> all(String tenant) {
        return reads.standing(tenant).map(ReportAlerts::items);
    }

    static List<Item> items(Standing standing) {
        Map<String, List<Alert>> byRule = standing.alerts().stream().collect(Collectors.groupingBy(Alert::ruleId));
        List<Item> items = new ArrayList<>();
        for (Rule rule : standing.rules()) {
            if (rule.enabled()) {
                List<Alert> alerts = byRule.getOrDefault(rule.id(), List.of(unknown(rule)));
                alerts.forEach(alert -> items.add(new Item(rule, alert, threshold(rule, alert))));
            }
        }
        items.sort(BY_URGENCY);
        return List.copyOf(items);
    }

    private static Alert unknown(Rule rule) {
        return new Alert(
                rule.id(), Labels.NONE, Phase.NO_DATA, 0, null, null, null, null, "no data for " + rule.metric(), 0);
    }

    private static @Nullable Double threshold(Rule rule, Alert alert) {
        return rule.threshold() instanceof Threshold.Constant constant
                ? Double.valueOf(constant.value())
                : alert.threshold();
    }
}
