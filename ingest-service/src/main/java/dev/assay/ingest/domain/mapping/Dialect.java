package dev.assay.ingest.domain.mapping;

/** Whose telemetry a span is; decides the exceptions, never which names are looked up. */
public enum Dialect {
    LANGFUSE("langfuse"),
    OPENINFERENCE("openinference"),
    LANGSMITH("langsmith"),
    VERCEL_LEGACY("vercel_legacy"),
    VERCEL_V7("vercel_v7"),
    OPENLLMETRY("openllmetry"),
    OPENLIT("openlit"),
    GOOGLE_ADK("google_adk"),
    LITELLM("litellm"),
    SPRING_AI("spring_ai"),
    QUARKUS_LANGCHAIN4J("quarkus_langchain4j"),
    OTEL_GENAI("otel_genai"),
    /** Not an LLM span. */
    OTHER("other");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    /** The name in events and answers. */
    public String label() {
        return label;
    }
}
