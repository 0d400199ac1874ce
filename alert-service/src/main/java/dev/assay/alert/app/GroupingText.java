package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.alert.domain.grouping.Grouping;
import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A receiver's grouping as JSON, on the wire and in the database. */
public final class GroupingText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GroupingText() {}

    /**
     * A grouping from its JSON; what is absent is as in Alertmanager, but nothing is repeated.
     *
     * @throws InvalidRule naming the field at fault
     */
    public static Grouping read(JsonNode json) {
        if (!json.isObject()) {
            throw new InvalidRule("grouping", "must be an object");
        }
        RuleFields fields = new RuleFields(json);
        fields.requireOnly("grouping", "group_by", "group_wait", "group_interval", "repeat_interval", "rate_limit");
        return new Grouping(
                fields.texts("group_by"),
                duration(fields, "group_wait", "30s"),
                duration(fields, "group_interval", "5m"),
                fields.has("repeat_interval") ? duration(fields, "repeat_interval", "") : null,
                fields.has("rate_limit") ? rate(fields.wholeNumber("rate_limit", 0)) : null);
    }

    private static Integer rate(long limit) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, limit));
    }

    /** A grouping as it is kept; null for the empty text of none. */
    public static @Nullable Grouping kept(String text) {
        return text.isEmpty() ? null : read(OnCallText.parsed(text));
    }

    /** The text that is kept of a grouping; empty for none. */
    public static String text(@Nullable Grouping grouping) {
        return grouping == null ? "" : write(grouping).toString();
    }

    /** A grouping's JSON. */
    public static ObjectNode write(Grouping grouping) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode groupBy = json.putArray("group_by");
        grouping.groupBy().forEach(groupBy::add);
        json.put("group_wait", DurationText.format(grouping.groupWait()));
        json.put("group_interval", DurationText.format(grouping.groupInterval()));
        Duration repeat = grouping.repeatInterval();
        if (repeat != null) {
            json.put("repeat_interval", DurationText.format(repeat));
        }
        Integer rate = grouping.rateLimit();
        if (rate != null) {
            json.put("rate_limit", rate);
        }
        return json;
    }

    private static Duration duration(RuleFields fields, String field, String absent) {
        return DurationText.parse("grouping." + field, fields.text(field, absent));
    }
}
