package dev.assay.cost.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetFilterTest {
    private static final Dimensions CALL =
            Dimensions.newBuilder().setApp("shop").setModel("gpt-4o").build();

    @Test
    void paysForEveryCallWhenItNamesNothing() {
        assertThat(new BudgetFilter(Map.of(), null, null).matches(CALL, null)).isTrue();
    }

    @Test
    void wantsOneOfTheValuesInEachDimension() {
        assertThat(filter(Map.of("app", List.of("shop"))).matches(CALL, 1L)).isTrue();
        assertThat(filter(Map.of("app", List.of("shop", "help"), "model", List.of("gpt-4o")))
                        .matches(CALL, null))
                .isTrue();
        assertThat(filter(Map.of("app", List.of("shop"), "model", List.of("o3")))
                        .matches(CALL, null))
                .isFalse();
    }

    @Test
    void tellsUsersApart() {
        BudgetFilter mine = new BudgetFilter(Map.of(), "me", 7L);
        assertThat(mine.matches(CALL, 7L)).isTrue();
        assertThat(mine.matches(CALL, 8L)).isFalse();
        assertThat(mine.matches(CALL, null)).isFalse();
    }

    @Test
    void refusesWhatIsNoDimension() {
        assertThatThrownBy(() -> filter(Map.of("mood", List.of("good")))).hasMessageContaining("mood");
    }

    private static BudgetFilter filter(Map<String, List<String>> wanted) {
        return new BudgetFilter(wanted, null, null);
    }
}
