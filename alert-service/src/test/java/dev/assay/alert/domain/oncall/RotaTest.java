package dev.assay.alert.domain.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.alert.domain.oncall.Move.Reason;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotaTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final List<Rota.Known> RECEIVERS =
            List.of(new Rota.Known("r1", "kim-phone"), new Rota.Known("r2", "lee-phone"), new Rota.Known("r3", "boss"));
    private static final Duration TEN = Duration.ofMinutes(10);

    private static Schedule daily() {
        return new Schedule(
                "s1",
                "primary",
                ZoneOffset.UTC,
                List.of(new Person("Kim", List.of("kim-phone")), new Person("Lee", List.of("lee-phone"))),
                List.of(new Layer(
                        List.of("Kim", "Lee"), LocalDate.parse("2026-03-11"), LocalTime.NOON, 1, ZoneOffset.UTC, null)),
                List.of());
    }

    private static Policy policy(int repeat, Policy.Step... steps) {
        return new Policy("p1", "core", List.of(steps), repeat);
    }

    private static Policy.Step step(List<String> schedules, String... receivers) {
        return new Policy.Step(schedules, List.of(receivers), TEN);
    }

    @Test
    void tellsWhoIsOnCallWhenTheStepBegins() {
        Rota rota = new Rota(
                List.of(policy(0, step(List.of("primary")), step(List.of(), "boss"))), List.of(daily()), RECEIVERS);
        assertThat(rota.move("core", 0, false, NOW)).isEqualTo(new Move(List.of("r1"), Reason.STEP, 1, TEN));
        assertThat(rota.move("p1", 0, false, NOW.plus(Duration.ofDays(1))).receivers())
                .containsExactly("r2");
        assertThat(rota.move("core", 1, true, NOW))
                .isEqualTo(new Move(List.of("r3"), Reason.STEP, null, Duration.ZERO));
        assertThat(rota.move("core", 2, true, NOW).reason()).isEqualTo(Reason.EXHAUSTED);
    }

    @Test
    void passesOverWhoCannotBeReachedAndTellsEveryoneRatherThanNobody() {
        Instant before = NOW.minusSeconds(1); // nobody's turn yet
        Policy policy = policy(0, step(List.of("primary")), step(List.of(), "gone"), step(List.of(), "boss"));
        Rota rota = new Rota(List.of(policy), List.of(daily()), RECEIVERS);
        assertThat(rota.move("core", 0, false, before).receivers()).containsExactly("r3");

        Rota nobody = new Rota(List.of(policy(2, step(List.of("gone")))), List.of(), RECEIVERS);
        assertThat(nobody.move("core", 0, false, NOW))
                .isEqualTo(new Move(List.of("r1", "r2", "r3"), Reason.NOBODY_REACHED, null, Duration.ZERO));
        assertThat(Rota.NONE.move("core", 0, true, NOW).receivers()).isEmpty();
        assertThat(new Rota(List.of(), List.of(), RECEIVERS)
                        .move("core", 0, false, NOW)
                        .receivers())
                .hasSize(3);
    }

    /** Beside the plainest model: all steps of all rounds in a row, those that reach nobody struck out. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void goesThroughTheStepsInOrderAndNeverTellsNobody(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> pool = List.of("kim-phone", "r2", "boss", "gone-1", "gone-2");
        for (int round = 0; round < 300; round++) {
            List<Policy.Step> steps = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                steps.add(
                        step(List.of(), pool.get(random.nextInt(pool.size())), pool.get(random.nextInt(pool.size()))));
            }
            int repeat = random.nextInt(3);
            Rota rota = new Rota(List.of(policy(repeat, steps.toArray(Policy.Step[]::new))), List.of(), RECEIVERS);
            List<List<String>> expected = new ArrayList<>();
            for (int i = 0; i <= repeat; i++) {
                for (Policy.Step step : steps) {
                    List<String> ids = RECEIVERS.stream()
                            .filter(known -> step.receivers().contains(known.name())
                                    || step.receivers().contains(known.id()))
                            .map(Rota.Known::id)
                            .toList();
                    if (!ids.isEmpty()) {
                        expected.add(ids);
                    }
                }
            }
            if (expected.isEmpty()) {
                expected.add(List.of("r1", "r2", "r3"));
            }
            List<List<String>> told = new ArrayList<>();
            Integer position = 0;
            while (position != null) {
                Move move = rota.move("core", position, !told.isEmpty(), NOW);
                if (!move.receivers().isEmpty()) {
                    told.add(move.receivers());
                }
                assertThat(move.next() == null || move.next() > position).isTrue();
                position = move.next();
            }
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> step(List.of())).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> policy(0)).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> policy(10, step(List.of(), "boss"))).isInstanceOf(InvalidRule.class);
        assertThatThrownBy(() -> new Policy.Step(List.of("s"), List.of(), Duration.ofSeconds(59)))
                .isInstanceOf(InvalidRule.class);
    }
}
