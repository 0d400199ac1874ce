package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.oncall.Layer;
import dev.assay.alert.domain.oncall.Person;
import dev.assay.alert.domain.oncall.Policy;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.alert.domain.oncall.StandIn;
import dev.assay.alert.domain.quiet.Weekly;
import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Schedules, stand-ins and escalation policies as JSON, on the wire and in the database. */
public final class OnCallText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WEEK = 7;

    private OnCallText() {}

    /** JSON text that was written here. */
    public static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kept text is no JSON", e);
        }
    }

    /**
     * A schedule without stand-ins from its JSON.
     *
     * @throws InvalidRule naming the field at fault
     */
    public static Schedule schedule(String id, JsonNode json) {
        RuleFields fields = object(json, "schedule", "id", "name", "timezone", "people", "layers", "overrides");
        ZoneId zone = time("timezone", fields.text("timezone", "UTC"), ZoneId::of, "a time zone like Europe/Berlin");
        return new Schedule(
                id,
                fields.requiredText("name"),
                zone,
                fields.objects("people").stream().map(OnCallText::person).toList(),
                fields.objects("layers").stream()
                        .map(layer -> layer(layer, zone))
                        .toList(),
                List.of());
    }

    /**
     * A stand-in from its JSON.
     *
     * @throws InvalidRule naming the field at fault
     */
    public static StandIn standIn(String id, JsonNode json) {
        RuleFields fields = object(json, "override", "id", "person", "starts_at", "ends_at");
        return new StandIn(id, fields.requiredText("person"), instant(fields, "starts_at"), instant(fields, "ends_at"));
    }

    /**
     * An escalation policy from its JSON.
     *
     * @throws InvalidRule naming the field at fault
     */
    public static Policy policy(String id, JsonNode json) {
        RuleFields fields = object(json, "policy", "id", "name", "steps", "repeat");
        long repeat = fields.wholeNumber("repeat", 0);
        return new Policy(
                id,
                fields.requiredText("name"),
                fields.objects("steps").stream().map(OnCallText::step).toList(),
                (int) Math.max(-1, Math.min(Integer.MAX_VALUE, repeat)));
    }

    /** A schedule's JSON, with its stand-ins. */
    public static ObjectNode write(Schedule schedule) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", schedule.name());
        json.put("timezone", schedule.zone().getId());
        ArrayNode people = json.putArray("people");
        schedule.people().forEach(person -> {
            ObjectNode one = people.addObject();
            one.put("name", person.name());
            texts(one.putArray("receivers"), person.receivers());
        });
        ArrayNode layers = json.putArray("layers");
        schedule.layers().forEach(layer -> write(layers.addObject(), layer));
        ArrayNode overrides = json.putArray("overrides");
        schedule.standIns().forEach(standIn -> overrides.add(write(standIn)));
        return json;
    }

    public static ObjectNode write(StandIn standIn) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", standIn.id());
        json.put("person", standIn.person());
        json.put("starts_at", standIn.startsAt().toString());
        json.put("ends_at", standIn.endsAt().toString());
        return json;
    }

    public static ObjectNode write(Policy policy) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", policy.name());
        ArrayNode steps = json.putArray("steps");
        policy.steps().forEach(step -> {
            ObjectNode one = steps.addObject();
            texts(one.putArray("schedules"), step.schedules());
            texts(one.putArray("receivers"), step.receivers());
            one.put("timeout", DurationText.format(step.timeout()));
        });
        json.put("repeat", policy.repeat());
        return json;
    }

    private static void write(ObjectNode json, Layer layer) {
        texts(json.putArray("people"), layer.people());
        json.put("start", layer.start().toString());
        json.put("handoff", layer.handoff().toString());
        json.put("days", layer.days());
        Weekly hours = layer.hours();
        if (hours != null) {
            ObjectNode weekly = json.putObject("hours");
            texts(
                    weekly.putArray("days"),
                    hours.days().stream().sorted().map(QuietText::dayName).toList());
            weekly.put("from", hours.from().toString());
            weekly.put("to", hours.to().toString());
        }
    }

    private static Person person(RuleFields person) {
        person.requireOnly("people", "name", "receivers");
        return new Person(person.requiredText("name"), person.texts("receivers"));
    }

    private static Layer layer(RuleFields layer, ZoneId zone) {
        layer.requireOnly("layers", "people", "start", "handoff", "days", "hours");
        return new Layer(
                layer.texts("people"),
                time("layers.start", layer.requiredText("start"), LocalDate::parse, "a day like 2026-03-02"),
                clock("layers.handoff", layer.text("handoff", "09:00")),
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, layer.wholeNumber("days", WEEK))),
                zone,
                hours(layer.child("hours"), zone));
    }

    private static @Nullable Weekly hours(@Nullable RuleFields hours, ZoneId zone) {
        if (hours == null) {
            return null;
        }
        hours.requireOnly("layers.hours", "days", "from", "to");
        return new Weekly(
                hours.texts("days").stream().map(QuietText::day).collect(Collectors.toSet()),
                clock("layers.hours.from", hours.requiredText("from")),
                clock("layers.hours.to", hours.requiredText("to")),
                zone);
    }

    private static Policy.Step step(RuleFields step) {
        step.requireOnly("steps", "schedules", "receivers", "timeout");
        return new Policy.Step(
                step.texts("schedules"),
                step.texts("receivers"),
                DurationText.parse("steps", step.text("timeout", "10m")));
    }

    private static RuleFields object(JsonNode json, String place, String... names) {
        if (!json.isObject()) {
            throw new InvalidRule("body", "must be a JSON object");
        }
        RuleFields fields = new RuleFields(json);
        fields.requireOnly(place, names);
        return fields;
    }

    private static Instant instant(RuleFields fields, String field) {
        return time(field, fields.requiredText(field), Instant::parse, "a time in UTC like 2026-03-11T12:00:00Z");
    }

    private static LocalTime clock(String field, String text) {
        return time(field, text, LocalTime::parse, "a time of the day like 09:00");
    }

    private static <T> T time(String field, String text, Function<String, T> parse, String like) {
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            throw new InvalidRule(field, "must be " + like + ", got: " + RuleFields.shortened(text));
        }
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
