package dev.assay.ingest.domain.mapping;

/** Tells the dialect of a span; the first test that holds wins. */
final class DialectDetector {

    static Dialect detect(TelemetryResource resource, TelemetryScope scope, TelemetrySpan span) {
        Attributes attributes = span.attributes();
        String scopeName = scope.name();
        if (attributes.has(AttributeFamily.LANGFUSE_OBSERVATION) || scopeName.equals("langfuse-sdk")) {
            return Dialect.LANGFUSE;
        }
        if (attributes.has(GenAiAttributes.OPENINFERENCE_SPAN_KIND)) {
            return Dialect.OPENINFERENCE;
        }
        if (attributes.has(GenAiAttributes.LANGSMITH_SPAN_KIND) || scopeName.equals("langsmith")) {
            return Dialect.LANGSMITH;
        }
        if (attributes.has(GenAiAttributes.AI_OPERATION_ID)) {
            return Dialect.VERCEL_LEGACY;
        }
        if (scopeName.equals("gen_ai") && attributes.has(GenAiAttributes.GEN_AI_OPERATION_NAME)) {
            return Dialect.VERCEL_V7;
        }
        // LiteLLM also sends OpenLLMetry's llm.request.type
        if (isLiteLlm(scopeName, span.name())) {
            return Dialect.LITELLM;
        }
        if (scopeName.startsWith("@traceloop/")
                || attributes.has(AttributeFamily.TRACELOOP)
                || attributes.has(GenAiAttributes.LLM_REQUEST_TYPE)) {
            return Dialect.OPENLLMETRY;
        }
        if (isOpenLit(resource, scopeName, attributes)) {
            return Dialect.OPENLIT;
        }
        return detectByNames(scopeName, span.name(), attributes);
    }

    private static boolean isOpenLit(TelemetryResource resource, String scopeName, Attributes attributes) {
        return scopeName.startsWith("@openlit/")
                || scopeName.startsWith("openlit")
                || "openlit".equals(attributes.text(GenAiAttributes.TELEMETRY_SDK_NAME))
                || "openlit".equals(resource.attributes().text(GenAiAttributes.TELEMETRY_SDK_NAME));
    }

    private static boolean isLiteLlm(String scopeName, String spanName) {
        return scopeName.equals("litellm")
                || spanName.equals("litellm_request")
                || spanName.equals("raw_gen_ai_request");
    }

    private static Dialect detectByNames(String scopeName, String spanName, Attributes attributes) {
        boolean genAi = attributes.has(AttributeFamily.GEN_AI);
        if (scopeName.equals("gcp.vertex.agent") || attributes.has(AttributeFamily.VERTEX_AGENT)) {
            return Dialect.GOOGLE_ADK;
        }
        if (attributes.has(AttributeFamily.GEN_AI_COST)) {
            return Dialect.LITELLM;
        }
        if ((genAi && scopeName.equals("org.springframework.boot")) || attributes.has(AttributeFamily.SPRING_AI)) {
            return Dialect.SPRING_AI;
        }
        if ((spanName.startsWith("completion ") && attributes.has(GenAiAttributes.GEN_AI_PROVIDER_NAME))
                || attributes.has(AttributeFamily.LANGCHAIN4J)) {
            return Dialect.QUARKUS_LANGCHAIN4J;
        }
        return genAi ? Dialect.OTEL_GENAI : Dialect.OTHER;
    }

    private DialectDetector() {}
}
