package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Kind;

/**
 * What a span did, and whether it counts as a call.
 *
 * @param operation the conventions' name of the operation; empty when the sender does not say
 * @param countable false for what repeats the figures of its children: agents, workflows, tools, outer spans
 */
record SpanKind(Kind kind, String operation, boolean countable) {}
