"""What each client's calls must be once Assay has them: one row a call, in the order in which the client made them.

The stub's truth is in stub_llm.py. Where a row differs from it, the client itself did not send the truth; each such row
says so. Fields are those of GET /v1/calls; SET stands for any value that is known.
"""

SET = "SET"

CHAT = {
    "kind": "llm",
    "status": "ok",
    "request_model": "gpt-4o-mini",
    "usage_state": "reported",
    "input_tokens": 25,
    "cache_read_tokens": 16,
    "output_tokens": 12,
    "reasoning_tokens": 4,
}
EMBEDDING = {
    "kind": "embedding",
    "status": "ok",
    "request_model": "text-embedding-3-small",
    "usage_state": "reported",
    "input_tokens": 8,
}
LIMITED = {"kind": "llm", "status": "error", "error_class": "rate_limit", "request_model": "gpt-4o-mini"}
MESSAGE = {
    "kind": "llm",
    "status": "ok",
    "request_model": "claude-sonnet-4-20250514",
    "usage_state": "reported",
    "input_tokens": 310,
    "cache_read_tokens": 200,
    "cache_write_tokens": 100,
    "output_tokens": 12,
}
GEMINI = {**CHAT, "request_model": "gemini-2.5-flash"}
NO_TOKENS = {
    "usage_state": "missing",
    "input_tokens": None,
    "cache_read_tokens": None,
    "output_tokens": None,
    "reasoning_tokens": None,
}


def without(row, *fields):
    """A call of which the client does not tell these fields."""
    return {**row, **dict.fromkeys(fields)}


STREAMED = {**CHAT, "ttft_ms": SET}
OPENAI = [CHAT, STREAMED, CHAT, CHAT, STREAMED, EMBEDDING, LIMITED]
VERCEL = [CHAT, CHAT, STREAMED, CHAT, CHAT, EMBEDDING, LIMITED]
WHO = {"user_id": "user-1", "session_id": "session-1"}


def by(who, rows):
    """The same calls, with what is known of each, as of who made them."""
    return [{**row, **who} for row in rows]


def plain(row):
    """A call of which the client tells the totals alone."""
    return without(row, "cache_read_tokens", "reasoning_tokens")


def blind(row):
    """A call of which the client does not tell the reasoning tokens."""
    return without(row, "reasoning_tokens")


def dated(row):
    """A call of which the client tells the model that answered in place of the one that was asked."""
    return {**row, "request_model": "gpt-4o-mini-2024-07-18"}


# its own tokenizer counts a streamed chat; a streamed response has no usage; neither embeddings nor failures are sent
OPENLLMETRY_NODE = by(
    WHO,
    [
        plain(CHAT),
        {**plain(CHAT), "usage_state": "estimated", "input_tokens": 7, "output_tokens": 7},
        plain(CHAT),
        plain(CHAT),
        {**CHAT, **NO_TOKENS},
    ],
) + [MESSAGE, MESSAGE]

# no usage of streamed chats and of embeddings; failures are not sent
OPENINFERENCE_NODE = by(
    WHO,
    [CHAT, {**CHAT, **NO_TOKENS}, CHAT, CHAT, CHAT, {**EMBEDDING, **NO_TOKENS}, MESSAGE, MESSAGE],
)

# an embedding is a generation without usage
LANGFUSE_NODE = by(
    WHO,
    [
        dated(CHAT),
        STREAMED,
        dated(CHAT),
        dated(CHAT),
        dated(CHAT),
        {**EMBEDDING, **NO_TOKENS, "kind": "llm"},
        LIMITED,
    ],
)

# no reasoning tokens of chats; what it calls the first token is not, and is left out
OPENLIT_NODE = [blind(CHAT), {**blind(CHAT), "ttft_ms": None}, blind(CHAT), CHAT, CHAT, EMBEDDING, LIMITED]

# cached and reasoning tokens of streamed calls alone
VERCEL_5 = by(WHO, [plain(CHAT), plain(CHAT), STREAMED, plain(CHAT), plain(CHAT), EMBEDDING, LIMITED])

# no reasoning tokens, users and sessions
VERCEL_7 = [blind(row) if row["kind"] == "llm" and row["status"] == "ok" else row for row in VERCEL]

# no reasoning tokens of a streamed chat; of a streamed message the one token of its first event is added to the twelve
TRACELOOP_PYTHON = by(
    WHO,
    [
        CHAT,
        blind(STREAMED),
        CHAT,
        CHAT,
        CHAT,
        EMBEDDING,
        LIMITED,
        MESSAGE,
        {**MESSAGE, "output_tokens": 13},
    ],
)

LANGFUSE_PYTHON = by(
    WHO,
    [dated(CHAT), dated(STREAMED), dated(CHAT), dated(CHAT), dated(STREAMED), EMBEDDING, LIMITED],
)

# the end user alone, of chats; no first token
LITELLM = by({"user_id": "user-1"}, [CHAT, CHAT, CHAT]) + [EMBEDDING, LIMITED, MESSAGE, MESSAGE]

# no reasoning tokens of chats; it does say that nothing was written to the cache
OPENLIT_PYTHON = by(
    {"cache_write_tokens": 0},
    [
        {**blind(CHAT), "ttft_ms": None},
        blind(STREAMED),
        blind(CHAT),
        {**CHAT, "ttft_ms": None},
        STREAMED,
    ],
) + [EMBEDDING, LIMITED]

# cached and reasoning tokens are not part of its observations
SPRING_AI = [plain(CHAT), plain(CHAT), EMBEDDING, LIMITED]

EXPECTED = {
    "node/openllmetry": OPENLLMETRY_NODE,
    "node/openinference": OPENINFERENCE_NODE,
    "node/langfuse": LANGFUSE_NODE,
    "node/openlit": OPENLIT_NODE,
    "node/vercel-5": VERCEL_5,
    "node/vercel-6": by(WHO, VERCEL),
    "node/vercel-7": VERCEL_7,
    "python/traceloop": TRACELOOP_PYTHON,
    "python/openinference": by(WHO, OPENAI),
    "python/langfuse": LANGFUSE_PYTHON,
    "python/litellm": LITELLM,
    "python/litellm-callback": [CHAT, STREAMED, EMBEDDING, LIMITED],
    "python/openlit": OPENLIT_PYTHON,
    "python/google-adk": [GEMINI, GEMINI],
    "go/collector": by(WHO, OPENAI),  # in front of python/openinference
    "java/opentelemetry": [CHAT, LIMITED],
    "java/spring-ai": SPRING_AI,
}
