package dev.assay.ingest.domain.mapping;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model was asked and which one answered. */
final class Models {

    static @Nullable String requested(SourceSpan source) {
        if (source.dialect() == Dialect.OPENINFERENCE) {
            // llm.model_name is the answering model on calls that are not streamed
            String asked = known(
                    source.firstText(GenAiAttributes.GEN_AI_REQUEST_MODEL, GenAiAttributes.LLM_REQUEST_MODEL_NAME));
            if (asked == null) {
                asked = known(ModelParameters.model(source));
            }
            if (asked != null) {
                return asked;
            }
        }
        return first(source.attributes(), FieldNames.REQUEST_MODEL);
    }

    static @Nullable String answered(SourceSpan source) {
        return first(source.attributes(), FieldNames.RESPONSE_MODEL);
    }

    static @Nullable String responseId(SourceSpan source) {
        String id = source.firstText(FieldNames.RESPONSE_ID);
        if (id != null || source.dialect() != Dialect.OPENINFERENCE) {
            return id;
        }
        Map<?, ?> answer = source.object(GenAiAttributes.OUTPUT_VALUE);
        return answer == null ? null : Coercion.text(answer.get("id"));
    }

    private static @Nullable String first(Attributes attributes, GenAiAttributes[] names) {
        for (GenAiAttributes name : names) {
            String model = known(attributes.text(name));
            if (model != null) {
                return model;
            }
        }
        return null;
    }

    /** Some SDKs write a word where they know no model. */
    static @Nullable String known(@Nullable String model) {
        if (model == null || model.isBlank()) {
            return null;
        }
        return switch (model.toLowerCase(Locale.ROOT)) {
            case "none", "unknown", "null", "undefined" -> null;
            default -> model;
        };
    }

    private Models() {}
}
