package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Kind;

/** The conventions' name of what a call of some kind does. */
public final class Operations {

    /** The operation; empty where the conventions have none. */
    public static String of(Kind kind) {
        return switch (kind) {
            case KIND_LLM -> "chat";
            case KIND_EMBEDDING -> "embeddings";
            case KIND_TOOL -> "execute_tool";
            case KIND_AGENT -> "invoke_agent";
            case KIND_RETRIEVER -> "retrieval";
            case KIND_RERANKER -> "rerank";
            default -> "";
        };
    }

    private Operations() {}
}
