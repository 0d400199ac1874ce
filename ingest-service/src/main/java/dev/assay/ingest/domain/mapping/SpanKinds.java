package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Kind;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides a span's kind and operation, and whether it counts.
 *
 * <p>Only the span itself is looked at; which of two nested countable spans owns the tokens is decided in the ledger, where
 * the whole trace is known.
 */
final class SpanKinds {
    private static final Set<String> MEMORY_OPERATIONS = Set.of(
            "create_memory",
            "update_memory",
            "delete_memory",
            "search_memory",
            "upsert_memory",
            "create_memory_store",
            "delete_memory_store");

    static SpanKind of(SourceSpan source, boolean hasTokens) {
        Attributes attributes = source.attributes();
        String operationName = lower(attributes.text(GenAiAttributes.GEN_AI_OPERATION_NAME));
        String vercelOperation = attributes.text(GenAiAttributes.AI_OPERATION_ID);
        Kind kind = kind(attributes, operationName, vercelOperation);
        boolean hasModel = attributes.firstText(FieldNames.REQUEST_MODEL) != null
                || attributes.firstText(FieldNames.RESPONSE_MODEL) != null;
        if (kind == Kind.KIND_UNSPECIFIED) {
            kind = hasModel && (hasTokens || operationName != null) ? Kind.KIND_LLM : Kind.KIND_OTHER;
        }
        String operation = operation(attributes, operationName, vercelOperation, kind);
        boolean countable = (kind == Kind.KIND_LLM || kind == Kind.KIND_EMBEDDING)
                && !repeatsItsChildren(operationName, vercelOperation)
                && !isLiteLlmInner(source);
        return new SpanKind(kind, operation, countable);
    }

    private static Kind kind(Attributes attributes, @Nullable String operationName, @Nullable String vercelOperation) {
        String langfuse = lower(attributes.text(GenAiAttributes.LANGFUSE_OBSERVATION_TYPE));
        if (langfuse != null) {
            return named(langfuse);
        }
        String openInference = lower(attributes.text(GenAiAttributes.OPENINFERENCE_SPAN_KIND));
        if (openInference != null) {
            return named(openInference);
        }
        String langSmith = lower(attributes.text(GenAiAttributes.LANGSMITH_SPAN_KIND));
        if (langSmith != null) {
            return named(langSmith);
        }
        if (vercelOperation != null) {
            return ofVercel(vercelOperation);
        }
        String traceloop = lower(attributes.text(GenAiAttributes.TRACELOOP_SPAN_KIND));
        if (traceloop != null) {
            return named(traceloop);
        }
        if (operationName != null) {
            return ofOperation(operationName);
        }
        String requestType = lower(attributes.text(GenAiAttributes.LLM_REQUEST_TYPE));
        return requestType == null ? Kind.KIND_UNSPECIFIED : ofOperation(requestType);
    }

    /** The names that Langfuse, OpenInference, LangSmith and OpenLLMetry give to kinds of spans. */
    private static Kind named(String name) {
        return switch (name) {
            case "generation", "llm" -> Kind.KIND_LLM;
            case "embedding" -> Kind.KIND_EMBEDDING;
            case "tool" -> Kind.KIND_TOOL;
            case "agent" -> Kind.KIND_AGENT;
            case "chain", "workflow", "task" -> Kind.KIND_CHAIN;
            case "retriever" -> Kind.KIND_RETRIEVER;
            case "reranker" -> Kind.KIND_RERANKER;
            case "guardrail" -> Kind.KIND_GUARDRAIL;
            case "evaluator" -> Kind.KIND_EVALUATOR;
            default -> Kind.KIND_OTHER;
        };
    }

    private static Kind ofVercel(String operation) {
        if (operation.startsWith("ai.embed")) {
            return Kind.KIND_EMBEDDING;
        }
        if (operation.startsWith("ai.rerank")) {
            return Kind.KIND_RERANKER;
        }
        if (operation.startsWith("ai.toolCall")) {
            return Kind.KIND_TOOL;
        }
        return operation.contains(".do") ? Kind.KIND_LLM : Kind.KIND_CHAIN;
    }

    private static Kind ofOperation(String operation) {
        return switch (operation) {
            case "chat", "text_completion", "completion", "generate_content", "generate", "responses" -> Kind.KIND_LLM;
            case "embeddings", "embedding" -> Kind.KIND_EMBEDDING;
            case "execute_tool" -> Kind.KIND_TOOL;
            case "invoke_agent", "create_agent" -> Kind.KIND_AGENT;
            case "agent_step", "invoke_workflow", "plan" -> Kind.KIND_CHAIN;
            case "retrieval" -> Kind.KIND_RETRIEVER;
            case "rerank" -> Kind.KIND_RERANKER;
            default -> unknownOperation(operation);
        };
    }

    /** The set is open: what is no known wrapper is a call if it names a model, which the caller decides. */
    private static Kind unknownOperation(String operation) {
        if (operation.startsWith("invoke_")) {
            return Kind.KIND_AGENT;
        }
        return MEMORY_OPERATIONS.contains(operation) ? Kind.KIND_OTHER : Kind.KIND_UNSPECIFIED;
    }

    private static boolean repeatsItsChildren(@Nullable String operationName, @Nullable String vercelOperation) {
        if (vercelOperation != null && !vercelOperation.contains(".do")) {
            return true;
        }
        return operationName != null
                && switch (operationName) {
                    case "create_agent", "agent_step", "plan", "execute_tool", "retrieval" -> true;
                    default -> operationName.startsWith("invoke_") || MEMORY_OPERATIONS.contains(operationName);
                };
    }

    private static boolean isLiteLlmInner(SourceSpan source) {
        return source.span().name().equals("raw_gen_ai_request");
    }

    private static String operation(
            Attributes attributes, @Nullable String operationName, @Nullable String vercelOperation, Kind kind) {
        if (operationName != null) {
            return folded(operationName);
        }
        if (vercelOperation != null
                || attributes.has(GenAiAttributes.OPENINFERENCE_SPAN_KIND)
                || attributes.has(GenAiAttributes.LANGFUSE_OBSERVATION_TYPE)
                || attributes.has(GenAiAttributes.LANGSMITH_SPAN_KIND)) {
            return Operations.of(kind);
        }
        String requestType = lower(attributes.text(GenAiAttributes.LLM_REQUEST_TYPE));
        return requestType == null ? Operations.of(kind) : folded(requestType);
    }

    private static String folded(String operation) {
        return switch (operation) {
            case "completion" -> "text_completion";
            case "embedding" -> "embeddings";
            case "generate" -> "chat";
            default -> operation;
        };
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private SpanKinds() {}
}
