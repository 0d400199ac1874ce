package dev.assay.alert.domain.oncall;

import dev.assay.alert.domain.quiet.Weekly;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is on call when: a stand-in if there is one, else whose turn it is in the last layer that has somebody.
 *
 * @param standIns in the order in which they were made; of those that overlap the last counts
 */
public record Schedule(
        String id, String name, ZoneId zone, List<Person> people, List<Layer> layers, List<StandIn> standIns) {
    /** How far ahead it is looked for the next change. */
    public static final Duration HORIZON = Duration.ofDays(100);

    private static final int MAX_PEOPLE = 50;
    private static final int MAX_LAYERS = 10;
    private static final int WEEK = 7;

    /**
     * Somebody on call.
     *
     * @param until when somebody else is, or nobody; null if that is further away than {@link #HORIZON}
     * @param standIn whether they stand in
     */
    public record Shift(Person person, @Nullable Instant until, boolean standIn) {}

    public Schedule {
        Names.requireName("name", name);
        if (people.isEmpty() || people.size() > MAX_PEOPLE) {
            throw new InvalidRule("people", "must have 1 to " + MAX_PEOPLE + " entries");
        }
        if (people.stream().map(Person::name).distinct().count() != people.size()) {
            throw new InvalidRule("people", "must not have a name twice");
        }
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            throw new InvalidRule("layers", "must have 1 to " + MAX_LAYERS + " entries");
        }
        for (Layer layer : layers) {
            for (String person : layer.people()) {
                if (people.stream().noneMatch(one -> one.name().equals(person))) {
                    throw new InvalidRule("layers.people", "must be names of people of the schedule, got: " + person);
                }
            }
        }
        people = List.copyOf(people);
        layers = List.copyOf(layers);
        standIns = List.copyOf(standIns);
    }

    /** The schedule with other stand-ins. */
    public Schedule with(List<StandIn> others) {
        return new Schedule(id, name, zone, people, layers, others);
    }

    /** The person of a name. */
    public Optional<Person> person(String wanted) {
        return people.stream().filter(person -> person.name().equals(wanted)).findFirst();
    }

    /** Who is on call at {@code now}, or empty for nobody. */
    public Optional<Person> onCall(Instant now) {
        return who(now).flatMap(this::person);
    }

    /**
     * Who is on call at {@code now}, and until when: looks ahead over the whole {@link #HORIZON}, which takes its time.
     */
    public Optional<Shift> at(Instant now) {
        return who(now).flatMap(name -> person(name)
                .map(person -> new Shift(person, change(name, now), standIn(now).isPresent())));
    }

    private Optional<String> who(Instant now) {
        Optional<String> standIn = standIn(now);
        for (int i = layers.size() - 1; i >= 0 && standIn.isEmpty(); i--) {
            standIn = layers.get(i).at(now);
        }
        return standIn;
    }

    /** A stand-in who is no longer among the people of the schedule counts for nothing. */
    private Optional<String> standIn(Instant now) {
        return standIns.stream()
                .filter(one -> one.holds(now) && person(one.person()).isPresent())
                .reduce((earlier, later) -> later)
                .map(StandIn::person);
    }

    private @Nullable Instant change(String name, Instant now) {
        Instant end = now.plus(HORIZON);
        Instant next = boundary(now);
        while (!next.isAfter(end)) {
            if (!who(next).equals(Optional.of(name))) {
                return next;
            }
            next = boundary(next);
        }
        return null;
    }

    /** The next moment after {@code now} at which somebody else may be on call. */
    private Instant boundary(Instant now) {
        Stream<Instant> handoffs = layers.stream().map(layer -> layer.nextHandoff(now));
        Stream<Instant> changes = standIns.stream().flatMap(one -> Stream.of(one.startsAt(), one.endsAt()));
        Stream<Instant> hours = layers.stream()
                .map(Layer::hours)
                .flatMap(weekly -> weekly == null ? Stream.empty() : clockTimes(weekly, now));
        return Stream.of(handoffs, changes, hours)
                .flatMap(stream -> stream)
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo)
                .orElseThrow(); // a layer always has a next handoff
    }

    /** When the wall clock may enter or leave the hours, a change of the clock itself among them. */
    private static Stream<Instant> clockTimes(Weekly weekly, Instant now) {
        ZoneOffsetTransition jump = weekly.zone().getRules().nextTransition(now);
        LocalDate today = now.atZone(weekly.zone()).toLocalDate();
        Stream<Instant> times = Stream.iterate(today, day -> day.plusDays(1))
                .limit(WEEK + 1)
                .flatMap(day -> Stream.of(weekly.from(), weekly.to(), LocalTime.MIDNIGHT)
                        .map(time -> day.atTime(time).atZone(weekly.zone())))
                .flatMap(time -> Stream.of(time, time.withLaterOffsetAtOverlap()))
                .map(ZonedDateTime::toInstant);
        return jump == null ? times : Stream.concat(times, Stream.of(jump.getInstant()));
    }
}
