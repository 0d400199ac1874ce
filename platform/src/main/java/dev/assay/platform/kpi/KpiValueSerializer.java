package dev.assay.platform.kpi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.assay.platform.stats.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a figure: money as decimal strings, what is not known as {@code null}, and without the fields that make no sense
 * for its KPI.
 */
@RegisterForReflection
public final class KpiValueSerializer extends JsonSerializer<KpiValue> {
    private static final int MONEY_INTERVAL_DIGITS = 12;

    @Override
    public void serialize(KpiValue figure, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeFieldName("value");
        number(json, figure, figure.value());
        if (figure.kpi().unit() == Unit.MONEY) {
            json.writeStringField("currency", figure.currency());
        }
        json.writeNumberField("count", figure.count());
        coverage(json, figure);
        interval(json, figure);
        target(json, figure);
        KpiValue.Previous previous = figure.previous();
        if (previous != null) {
            json.writeFieldName("previous");
            number(json, figure, previous.value());
        }
        distribution(json, figure.distribution());
        KpiValue.Version version = figure.version();
        if (version != null) {
            json.writeStringField("revision", version.revision());
            json.writeBooleanField("settled", version.settled());
        }
        if (figure.judgeable() != null) {
            json.writeBooleanField("judgeable", figure.judgeable());
        }
        KpiValue.Evidence evidence = figure.evidence();
        if (evidence != null) {
            json.writeObjectFieldStart("evaluator");
            json.writeStringField("version", evidence.evaluator());
            json.writeStringField("worst_source", evidence.worstSource());
            json.writeNumberField("worst_auc", evidence.worstAuc());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, KpiValue figure, @Nullable Number value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (figure.kpi().unit() == Unit.MONEY) {
            json.writeString(decimal(value).toPlainString());
        } else if (value instanceof BigDecimal exact) {
            json.writeNumber(exact.toPlainString());
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(value.longValue());
        } else {
            json.writeNumber(value.doubleValue());
        }
    }

    private static void coverage(JsonGenerator json, KpiValue figure) throws IOException {
        Double coverage = figure.coverage();
        if (coverage != null) {
            json.writeNumberField("coverage", coverage);
        } else if (figure.kpi().area() != Area.USERS) {
            json.writeNullField("coverage");
        }
    }

    /** A rate and a mean always have one, known or not; others say it when they know it. */
    private static void interval(JsonGenerator json, KpiValue figure) throws IOException {
        Interval ci = figure.ci95();
        if (ci == null) {
            if (figure.kpi().aggregation() == Aggregation.RATE || figure.kpi().aggregation() == Aggregation.MEAN) {
                json.writeNullField("ci95");
            }
            return;
        }
        json.writeArrayFieldStart("ci95");
        for (double limit : new double[] {ci.low(), ci.high()}) {
            if (figure.kpi().unit() == Unit.MONEY) {
                json.writeString(decimal(limit)
                        .setScale(MONEY_INTERVAL_DIGITS, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString());
            } else {
                json.writeNumber(limit);
            }
        }
        json.writeEndArray();
    }

    private static void target(JsonGenerator json, KpiValue figure) throws IOException {
        Target target = figure.target();
        if (target == null) {
            return;
        }
        switch (target.direction()) {
            case FALLING -> {
                KpiValue.Previous previous = figure.previous();
                json.writeFieldName("target");
                number(json, figure, previous == null ? null : previous.value());
            }
            case BETWEEN -> {
                json.writeArrayFieldStart("target");
                json.writeNumber(target.bound());
                json.writeNumber(target.upper());
                json.writeEndArray();
            }
            default -> {
                json.writeFieldName("target");
                number(json, figure, target.bound());
            }
        }
        json.writeStringField("target_direction", target.direction().wireName());
        if (figure.met() == null) {
            json.writeNullField("met");
        } else {
            json.writeBooleanField("met", figure.met());
        }
    }

    private static void distribution(JsonGenerator json, @Nullable Map<String, Long> distribution) throws IOException {
        if (distribution == null) {
            return;
        }
        json.writeObjectFieldStart("distribution");
        for (Map.Entry<String, Long> entry : distribution.entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static BigDecimal decimal(Number value) {
        return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
    }
}
