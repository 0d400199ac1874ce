package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.domain.users.QueryGroups.Group;
import dev.assay.quality.domain.users.QueryGroups.RatedQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryGroupsTest {
    @Test
    void putsOneQuestionInSeveralWordingsTogether() {
        List<Group> groups = QueryGroups.of(List.of(
                new RatedQuery("How do I reset my password?", 1),
                new RatedQuery("how to reset my password", 2),
                new RatedQuery("Reset my passwords, how?", 1),
                new RatedQuery("What is the price of the premium plan?", 1)));
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).count()).isEqualTo(3);
        assertThat(groups.get(0).meanStars()).isEqualTo(4.0 / 3);
        assertThat(groups.get(0).examples()).hasSize(3);
        assertThat(groups.get(1).count()).isEqualTo(1);
    }

    @Test
    void showsEqualQueriesOnceAsExample() {
        List<Group> groups =
                QueryGroups.of(List.of(new RatedQuery("hi", 1), new RatedQuery("hi", 2), new RatedQuery("???", 1)));
        assertThat(groups.get(0)).isEqualTo(new Group(2, 1.5, List.of("hi")));
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(QueryGroups.of(List.of())).isEmpty();
    }
}
