package dev.assay.ingest.domain.langfuse;

import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.mapping.Coercion;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.domain.mapping.SpanMapper;
import java.util.Map;

/**
 * Maps the items of a batch: {@code {"id", "type", "timestamp", "body"}}.
 *
 * <p>As Langfuse's clients send them; see its API reference at {@code POST /api/public/ingestion}.
 */
public final class BatchMapper {
    private final Observations observations;

    public BatchMapper(JsonText json) {
        this.observations = new Observations(new SpanMapper(json));
    }

    /** What becomes of an item whose id is known to be good. */
    public BatchItem map(String itemId, Map<?, ?> item) {
        String name = Coercion.text(item.get("type"));
        ItemType type = name == null ? null : ItemType.find(name);
        if (type == null) {
            return new BatchItem.Refused(new Refusal(
                    "type",
                    "must be trace-create, score-create, sdk-log, or -create or -update of generation, span, event,"
                            + " observation, agent, tool, chain, retriever, evaluator, embedding, guardrail"));
        }
        if (type.form() == ItemType.Form.SDK_LOG) {
            return new BatchItem.NothingToKeep();
        }
        Map<?, ?> fields = Coercion.map(item.get("body"));
        if (fields == null) {
            return new BatchItem.Refused(new Refusal("body", "must be an object"));
        }
        try {
            return map(type, itemId, Body.micros("timestamp", item.get("timestamp")), new Body(fields));
        } catch (BadItem bad) {
            return new BatchItem.Refused(bad.refusal());
        } catch (ArithmeticException e) {
            return new BatchItem.Refused(new Refusal("body", "has a time beyond any that can be stored"));
        }
    }

    private BatchItem map(ItemType type, String itemId, long itemTimeUs, Body body) throws BadItem {
        return switch (type.form()) {
            case TRACE -> new BatchItem.Observed(observations.trace(type, itemId, itemTimeUs, body));
            case OBSERVATION -> new BatchItem.Observed(observations.observation(type, itemId, itemTimeUs, body));
            case SCORE -> {
                String id = body.id("id");
                yield new BatchItem.Scored(id == null ? itemId : id, itemTimeUs, Scores.feedback(body));
            }
            case SDK_LOG -> new BatchItem.NothingToKeep();
        };
    }
}
