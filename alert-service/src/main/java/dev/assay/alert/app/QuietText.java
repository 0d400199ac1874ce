package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.quiet.Inhibition;
import dev.assay.alert.domain.quiet.Matcher;
import dev.assay.alert.domain.quiet.Silence;
import dev.assay.alert.domain.quiet.Weekly;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Silences, maintenance windows and inhibitions as JSON, on the wire and in the database. */
public final class QuietText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> READ_ONLY = List.of("id", "state");

    private QuietText() {}

    /** A silence as it is kept. */
    public static Silence silence(String id, String definition) {
        return silence(id, parsed(definition), Instant.EPOCH);
    }

    /** An inhibition as it is kept. */
    public static Inhibition inhibition(String id, String definition) {
        return inhibition(id, parsed(definition));
    }

    /**
     * A silence from its JSON.
     *
     * @param now when it starts if it does not say
     * @throws InvalidRule naming the field at fault
     */
    public static Silence silence(String id, JsonNode json, Instant now) {
        requireFields(json, List.of("matchers", "starts_at", "ends_at", "schedule", "comment", "created_by"));
        RuleFields fields = new RuleFields(json);
        Instant startsAt = time(fields, "starts_at");
        return new Silence(
                id,
                matchers(json, "matchers"),
                startsAt == null ? now : startsAt,
                time(fields, "ends_at"),
                schedule(json.get("schedule")),
                fields.text("comment", ""),
                fields.text("created_by", ""));
    }

    /**
     * An inhibition from its JSON.
     *
     * @throws InvalidRule naming the field at fault
     */
    public static Inhibition inhibition(String id, JsonNode json) {
        requireFields(json, List.of("source_matchers", "target_matchers", "equal"));
        return new Inhibition(
                id,
                matchers(json, "source_matchers"),
                matchers(json, "target_matchers"),
                new RuleFields(json).texts("equal"));
    }

    public static ObjectNode write(Silence silence) {
        ObjectNode json = JSON.createObjectNode();
        write(json.putArray("matchers"), silence.matchers());
        json.put("starts_at", silence.startsAt().toString());
        Instant end = silence.endsAt();
        json.put("ends_at", end == null ? null : end.toString());
        Weekly schedule = silence.schedule();
        if (schedule != null) {
            ObjectNode weekly = json.putObject("schedule");
            ArrayNode days = weekly.putArray("days");
            schedule.days().stream().sorted().forEach(day -> days.add(dayName(day)));
            weekly.put("from", schedule.from().toString());
            weekly.put("to", schedule.to().toString());
            weekly.put("timezone", schedule.zone().getId());
        }
        json.put("comment", silence.comment());
        json.put("created_by", silence.createdBy());
        return json;
    }

    public static ObjectNode write(Inhibition inhibition) {
        ObjectNode json = JSON.createObjectNode();
        write(json.putArray("source_matchers"), inhibition.source());
        write(json.putArray("target_matchers"), inhibition.target());
        ArrayNode equal = json.putArray("equal");
        inhibition.equal().forEach(equal::add);
        return json;
    }

    private static void write(ArrayNode array, List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            ObjectNode json = array.addObject();
            json.put("label", matcher.label());
            json.put("op", matcher.negative() ? "!=" : "=");
            ArrayNode values = json.putArray("values");
            matcher.values().forEach(values::add);
        }
    }

    private static List<Matcher> matchers(JsonNode json, String field) {
        JsonNode array = json.path(field);
        if (!array.isArray()) {
            throw new InvalidRule(field, "must be a list of {\"label\", \"op\", \"values\"}");
        }
        List<Matcher> matchers = new ArrayList<>();
        for (JsonNode item : array) {
            requireFields(item, List.of("label", "op", "values"));
            RuleFields fields = new RuleFields(item);
            String op = fields.text("op", "=");
            if (!op.equals("=") && !op.equals("!=")) {
                throw new InvalidRule(field, "must have an op of = or !=, got: " + RuleFields.shortened(op));
            }
            matchers.add(new Matcher(fields.requiredText("label"), op.equals("!="), fields.texts("values")));
        }
        return matchers;
    }

    private static @Nullable Weekly schedule(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return null;
        }
        requireFields(json, List.of("days", "from", "to", "timezone"));
        RuleFields fields = new RuleFields(json);
        Set<DayOfWeek> days = fields.texts("days").stream().map(QuietText::day).collect(Collectors.toSet());
        try {
            return new Weekly(
                    days,
                    LocalTime.parse(fields.requiredText("from")),
                    LocalTime.parse(fields.requiredText("to")),
                    ZoneId.of(fields.text("timezone", "UTC")));
        } catch (DateTimeException e) {
            throw new InvalidRule(
                    "schedule",
                    "must have from and to like 22:00 and a timezone like Europe/Berlin: " + e.getMessage());
        }
    }

    static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (dayName(day).equals(name)) {
                return day;
            }
        }
        throw new InvalidRule(
                "schedule.days", "must be of mon, tue, wed, thu, fri, sat, sun, got: " + RuleFields.shortened(name));
    }

    static String dayName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant time(RuleFields fields, String field) {
        if (!fields.has(field)) {
            return null;
        }
        try {
            return Instant.parse(fields.requiredText(field));
        } catch (DateTimeException e) {
            throw new InvalidRule(field, "must be a time in UTC like 2026-03-11T12:00:00Z");
        }
    }

    private static void requireFields(JsonNode json, List<String> known) {
        if (!json.isObject()) {
            throw new InvalidRule("body", "must be a JSON object");
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field) && !READ_ONLY.contains(field)) {
                throw new InvalidRule(field, "is not a field here; there are: " + String.join(", ", known));
            }
        });
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kept text is no JSON", e);
        }
    }
}
