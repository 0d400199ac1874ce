package dev.assay.ingest.domain.mapping;

/** Prefixes whose mere presence tells who sent a span. */
public enum AttributeFamily {
    LANGFUSE_OBSERVATION("langfuse.observation."),
    TRACELOOP("traceloop."),
    VERTEX_AGENT("gcp.vertex.agent."),
    GEN_AI_COST("gen_ai.cost."),
    SPRING_AI("spring.ai."),
    LANGCHAIN4J("langchain4j."),
    GEN_AI("gen_ai."),
    ERROR("error."),
    FLAT_INPUT("llm.input_messages."),
    FLAT_OUTPUT("llm.output_messages."),
    FLAT_PROMPT("gen_ai.prompt."),
    FLAT_COMPLETION("gen_ai.completion.");

    private static final AttributeFamily[] FAMILIES = values();
    private static final int[] OF_KNOWN = new int[GenAiAttributes.values().length];

    static {
        for (GenAiAttributes attribute : GenAiAttributes.values()) {
            OF_KNOWN[attribute.ordinal()] = of(attribute.key());
        }
    }

    private final String prefix;

    AttributeFamily(String prefix) {
        this.prefix = prefix;
    }

    /** The prefix, with its dot. */
    public String prefix() {
        return prefix;
    }

    int bit() {
        return 1 << ordinal();
    }

    static int of(GenAiAttributes attribute) {
        return OF_KNOWN[attribute.ordinal()];
    }

    static int of(String key) {
        int bits = 0;
        for (AttributeFamily family : FAMILIES) {
            if (key.startsWith(family.prefix)) {
                bits |= family.bit();
            }
        }
        return bits;
    }
}
