package dev.assay.alert.domain.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.domain.incident.IncidentChange.Kind;
import dev.assay.alert.domain.incident.IncidentChange.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final long CLOCK = 1_000;

    private static Episode episode(long firedAt, @Nullable Long endedAt) {
        return new Episode(firedAt - 5, firedAt, endedAt, 0.5, 0.1);
    }

    private static Incident paged(long firedAt, @Nullable Long endedAt) {
        return new Incident("inc-known", firedAt - 5, firedAt, endedAt, true, 0, 0.5, 0.1);
    }

    private static List<IncidentChange> changes(List<Episode> episodes, List<Incident> known) {
        return with(null, null, 0).changes(episodes, known);
    }

    private static Reconciliation with(@Nullable Long heldAt, @Nullable Reason quiet, long recentEpisodes) {
        return new Reconciliation(
                active -> "inc-" + active,
                new Circumstances(false, CLOCK, heldAt, Optional.ofNullable(quiet), recentEpisodes));
    }

    private static Incident untold(long firedAt) {
        return new Incident("inc-known", firedAt - 5, firedAt, null, false, 0, 0.5, 0.1);
    }

    @Test
    void aFreshEpisodeOpensAnIncidentAndPages() {
        IncidentChange change =
                changes(List.of(episode(CLOCK, null)), List.of()).get(0);

        assertThat(change.kind()).isEqualTo(Kind.OPENED);
        assertThat(change.pages()).isTrue();
        assertThat(change.after().id()).isEqualTo("inc-995");
        assertThat(change.after().transition(true)).isEqualTo("firing");
    }

    @Test
    void whatFiredOver15MinutesAgoAndIsNotMeasuredToHoldIsHistory() {
        assertThat(changes(List.of(episode(CLOCK - 15, null)), List.of()).get(0).reason())
                .isEqualTo(Reason.FRESH);
        IncidentChange old =
                changes(List.of(episode(CLOCK - 16, null)), List.of()).get(0);
        assertThat(old.reason()).isEqualTo(Reason.TOO_OLD);
        assertThat(old.pages()).isFalse();
        assertThat(old.after().paged()).isFalse();
        assertThat(with(CLOCK - 16, null, 0).changes(List.of(episode(CLOCK - 40, null)), List.of()))
                .noneMatch(IncidentChange::pages);
    }

    @Test
    void whatFiredOver15MinutesAgoPagesIfItIsMeasuredToHoldNow() {
        assertThat(with(CLOCK, null, 0)
                        .changes(List.of(episode(CLOCK - 40, null)), List.of())
                        .get(0)
                        .reason())
                .isEqualTo(Reason.STILL_FIRING);
        assertThat(with(CLOCK - 15, null, 0).changes(List.of(episode(CLOCK - 40, CLOCK - 14)), List.of()))
                .noneMatch(IncidentChange::pages);
    }

    @Test
    void anOpenIncidentThatNobodyWasToldOfPagesOnceItIsMeasuredToHold() {
        assertThat(with(null, null, 0).changes(List.of(episode(900, null)), List.of(untold(900))))
                .isEmpty();
        IncidentChange told = with(CLOCK, null, 0)
                .changes(List.of(episode(900, null)), List.of(untold(900)))
                .get(0);
        assertThat(told.kind()).isEqualTo(Kind.TOLD);
        assertThat(told.pages()).isTrue();
        assertThat(told.after().paged()).isTrue();
        assertThat(told.after().transition(true)).isEqualTo("firing");
        assertThat(with(CLOCK, null, 0).changes(List.of(episode(900, null)), List.of(told.after())))
                .isEmpty();
    }

    @Test
    void whatIsKeptQuietPagesNobodyUntilItNoLongerIs() {
        IncidentChange silenced = with(CLOCK, Reason.SILENCED, 0)
                .changes(List.of(episode(CLOCK, null)), List.of())
                .get(0);
        assertThat(silenced.kind()).isEqualTo(Kind.OPENED);
        assertThat(silenced.pages()).isFalse();
        assertThat(silenced.reason()).isEqualTo(Reason.SILENCED);
        assertThat(with(CLOCK, Reason.SILENCED, 0).changes(List.of(episode(990, null)), List.of(untold(990))))
                .isEmpty();
        assertThat(with(CLOCK, null, 0).changes(List.of(episode(990, null)), List.of(untold(990))))
                .extracting(IncidentChange::kind, IncidentChange::pages)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.TOLD, true));
    }

    @Test
    void theEndOfWhatNobodyWasToldIsNotTold() {
        assertThat(with(null, null, 0).changes(List.of(episode(900, 995L)), List.of(untold(900))))
                .extracting(IncidentChange::kind, IncidentChange::pages)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.RESOLVED, false));
    }

    @Test
    void whatFlapsPagesOnceItIsSteady() {
        assertThat(with(CLOCK, null, 3)
                        .changes(List.of(episode(CLOCK, null)), List.of())
                        .get(0)
                        .pages())
                .isTrue();
        IncidentChange flapping = with(CLOCK, null, 4)
                .changes(List.of(episode(CLOCK, null)), List.of())
                .get(0);
        assertThat(flapping.reason()).isEqualTo(Reason.FLAPPING);
        assertThat(flapping.pages()).isFalse();
        assertThat(with(CLOCK, null, 4).changes(List.of(episode(CLOCK - 9, null)), List.of(untold(CLOCK - 9))))
                .isEmpty();
        assertThat(with(CLOCK, null, 4)
                        .changes(List.of(episode(CLOCK - 10, null)), List.of(untold(CLOCK - 10)))
                        .get(0)
                        .pages())
                .isTrue();
    }

    @Test
    void anEpisodeThatIsOverAlreadyPagesAndResolves() {
        assertThat(changes(List.of(episode(CLOCK - 9, CLOCK - 2)), List.of()))
                .extracting(IncidentChange::kind, IncidentChange::pages)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.OPENED, true),
                        org.assertj.core.groups.Tuple.tuple(Kind.RESOLVED, true));
    }

    @Test
    void aKnownIncidentThatStillFiresIsNoNews() {
        assertThat(changes(List.of(episode(900, null)), List.of(paged(900, null))))
                .isEmpty();
    }

    @Test
    void lateDataMovesAnIncidentWithoutOpeningAnother() {
        IncidentChange moved =
                changes(List.of(episode(890, null)), List.of(paged(900, null))).get(0);

        assertThat(moved.kind()).isEqualTo(Kind.MOVED);
        assertThat(moved.after().id()).isEqualTo("inc-known");
        assertThat(moved.after().firedAt()).isEqualTo(890);
        assertThat(moved.pages()).isFalse();
    }

    @Test
    void whoWasPagedIsToldTheEndHoweverOldItIs() {
        IncidentChange resolved =
                changes(List.of(episode(900, 950L)), List.of(paged(900, null))).get(0);

        assertThat(resolved.kind()).isEqualTo(Kind.RESOLVED);
        assertThat(resolved.pages()).isTrue();
        assertThat(resolved.after().transition(false)).isEqualTo("resolved");
    }

    @Test
    void anIncidentThatLateDataDisprovesIsResolvedAtTheClock() {
        IncidentChange withdrawn = changes(List.of(), List.of(paged(990, null))).get(0);

        assertThat(withdrawn.kind()).isEqualTo(Kind.WITHDRAWN);
        assertThat(withdrawn.pages()).isTrue();
        assertThat(withdrawn.after().endedAt()).isEqualTo(CLOCK);
        assertThat(changes(List.of(), List.of(paged(900, 950L)))).isEmpty();
    }

    @Test
    void aResolvedIncidentThatFiresAfterAllIsReopenedUnderAnotherTransition() {
        IncidentChange reopened =
                changes(List.of(episode(980, null)), List.of(paged(980, 990L))).get(0);

        assertThat(reopened.kind()).isEqualTo(Kind.REOPENED);
        assertThat(reopened.pages()).isTrue();
        assertThat(reopened.after().transition(true)).isEqualTo("firing-1");
        IncidentChange old =
                changes(List.of(episode(900, null)), List.of(paged(900, 950L))).get(0);
        assertThat(old.pages()).isFalse();
        assertThat(old.after().paged()).isFalse();
    }

    @Test
    void generatedDataNeverPages() {
        Reconciliation generated = new Reconciliation(
                active -> "inc-" + active, new Circumstances(true, CLOCK, CLOCK, Optional.empty(), 0));

        assertThat(generated
                        .changes(List.of(episode(CLOCK, null)), List.of())
                        .get(0)
                        .reason())
                .isEqualTo(Reason.GENERATED_DATA);
    }

    @Test
    void anIncidentsIdIsTheSameEachTimeAndDifferentForEachAlert() {
        String id = IncidentId.of("acme", "error-rate", "app=chat", 7);

        assertThat(id).matches("inc-[0-9a-f]{24}").isEqualTo(IncidentId.of("acme", "error-rate", "app=chat", 7));
        assertThat(List.of(
                        IncidentId.of("acme", "error-rate", "app=chat", 8),
                        IncidentId.of("acme", "error-rate", "app=cha", 7),
                        IncidentId.of("acme", "error-ratea", "pp=chat", 7),
                        IncidentId.of("other", "error-rate", "app=chat", 7)))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }
}
