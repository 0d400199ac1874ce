package dev.assay.alert.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.alert.domain.oncall.Policy;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.alert.domain.rule.InvalidRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnCallTextTest {
    private static final String SCHEDULE = """
            {"name":"primary","timezone":"Europe/Berlin",
             "people":[{"name":"Kim","receivers":["kim-phone"]},{"name":"Lee","receivers":["lee-phone","lee-chat"]}],
             "layers":[{"people":["Kim","Lee"],"start":"2026-03-02","handoff":"09:30","days":1},
               {"people":["Lee"],"start":"2026-03-02","hours":{"days":["sat","sun"],"from":"22:00","to":"06:00"}}],
             "overrides":[]}""";
    private static final String POLICY = """
            {"name":"core","steps":[{"schedules":["primary"],"receivers":["chat"],"timeout":"5m"},
              {"schedules":[],"receivers":["boss"],"timeout":"10m"}],"repeat":1}""";

    private static Schedule schedule(String text) {
        return OnCallText.schedule("s", OnCallText.parsed(text));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Schedule schedule = schedule(SCHEDULE);
        assertThat(schedule.layers().get(1).days()).isEqualTo(7);
        assertThat(schedule(OnCallText.write(schedule).toString())).isEqualTo(schedule);
        Policy policy = OnCallText.policy("p", OnCallText.parsed(POLICY));
        assertThat(OnCallText.write(policy)).isEqualTo(OnCallText.parsed(POLICY));
        assertThat(OnCallText.policy("p", OnCallText.write(policy))).isEqualTo(policy);
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "timezone         | Europe/Berlin | Mars/Base",
                "layers.start     | 2026-03-02    | yesterday",
                "layers.handoff   | 09:30         | 25:00",
                "layers.days      | \"days\":1    | \"days\":0",
                "layers.hours.from| 22:00         | late",
                "schedule.days    | \"sat\"       | \"someday\"",
                "people.receivers | [\"kim-phone\"] | []",
                "layers.people    | [\"Kim\",\"Lee\"] | [\"Max\"]",
                "people           | \"lee-chat\"]   | \"lee-chat\"],\"phone\":1",
                "schedule         | \"overrides\"  | \"substitutes\"",
            })
    void whatIsWrongIsNamed(String field, String right, String wrong) {
        assertThat(SCHEDULE).contains(right);
        assertThatThrownBy(() -> schedule(SCHEDULE.replace(right, wrong)))
                .isInstanceOfSatisfying(
                        InvalidRule.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }
}
