package dev.assay.cost.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.control.v1.ContentPolicy;
import dev.assay.cost.app.Budgets.Standing;
import dev.assay.cost.app.CostMeters.Measured;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFigures;
import dev.assay.cost.domain.budget.BudgetFilter;
import dev.assay.cost.domain.budget.BudgetPeriod;
import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.platform.tenancy.Project;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CostMetersTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-01");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CostMeters meters = new CostMeters(registry);

    @Test
    void haveSeriesForSoManyBudgetsAndCountTheOthers() {
        meters.tell(List.of(measured("a", 600), measured("b", 402)), 7);

        assertThat(registry.find("assay.budget.used.ratio").gauges()).hasSize(1_000);
        assertThat(registry.find("assay.budget.unpriced.calls").gauges()).hasSize(1_000);
        assertThat(registry.get("assay.budget.left.out").gauge().value()).isEqualTo(2);
        assertThat(registry.find("assay.cost.today").gauges()).hasSize(2);
        assertThat(registry.get("assay.cost.projects.left.out").gauge().value()).isEqualTo(5);
    }

    @Test
    void keepNothingOfWhatIsNotToldAnyMore() {
        meters.tell(List.of(measured("a", 3), measured("b", 1)), 2);
        meters.tell(List.of(measured("b", 1)), 2);
        assertThat(registry.find("assay.cost.today").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.getId().getTag("project")).isEqualTo("b"));
        assertThat(registry.find("assay.budget.used.ratio").gauges()).hasSize(1);

        meters.tell(List.of(), 0);
        assertThat(registry.find("assay.cost.today").gauges()).isEmpty();
        assertThat(registry.get("assay.cost.projects.left.out").gauge().value()).isZero();
    }

    private static Measured measured(String project, int budgets) {
        BudgetFigures figures = new BudgetFigures(DAY, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO, 0);
        return new Measured(
                new Project(project, project, "USD", false, ContentPolicy.Mode.MODE_KEEP, List.of(), Set.of(), 0),
                new DailyCost(DAY, BigDecimal.TEN, 1),
                IntStream.range(0, budgets)
                        .mapToObj(i -> new Standing(budget(project, i), figures))
                        .toList());
    }

    private static Budget budget(String project, int i) {
        return new Budget(
                UUID.randomUUID(),
                project,
                "b" + i,
                new BigDecimal("100"),
                "USD",
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                false,
                new BudgetFilter(Map.of(), null, null),
                List.of(),
                DAY);
    }
}
