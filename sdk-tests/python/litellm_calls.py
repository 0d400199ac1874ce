"""What LiteLLM is asked: its own functions in place of the OpenAI library's."""

import asyncio
import os
import time

import litellm
from scenario import LIMITED, QUESTION, WEATHER, expect_status, read_all

SETTLE_SECONDS = 3


def make_calls():
    """Chat, chat streamed, chat with a tool call, embeddings, a chat answered 429; an Anthropic message and one streamed."""
    chat = {"model": "openai/gpt-4o-mini", "num_retries": 0, "user": "user-1"}
    litellm.completion(messages=QUESTION, **chat)
    read_all(litellm.completion(messages=QUESTION, stream=True, stream_options={"include_usage": True}, **chat))
    litellm.completion(messages=QUESTION, tools=[WEATHER], **chat)
    litellm.embedding(model="openai/text-embedding-3-small", input=["Paris"])
    expect_status(429, lambda: litellm.completion(messages=LIMITED, **chat))
    claude = {"model": "anthropic/claude-sonnet-4-20250514", "num_retries": 0, "max_tokens": 64}
    base = os.environ["ANTHROPIC_BASE_URL"]
    litellm.completion(messages=QUESTION, api_base=base, **claude)
    read_all(litellm.completion(messages=QUESTION, api_base=base, stream=True, **claude))
    time.sleep(SETTLE_SECONDS)  # it logs on threads of its own and has no way to wait for them


async def make_async_calls():
    """Chat, chat streamed, embeddings, and a chat answered 429: its generic callback hears of asynchronous calls."""
    chat = {"model": "openai/gpt-4o-mini", "num_retries": 0, "user": "user-1"}
    await litellm.acompletion(messages=QUESTION, **chat)
    usage = {"stream_options": {"include_usage": True}}
    async for _ in await litellm.acompletion(messages=QUESTION, stream=True, **usage, **chat):
        pass
    await litellm.aembedding(model="openai/text-embedding-3-small", input=["Paris"])
    try:
        await litellm.acompletion(messages=LIMITED, **chat)
    except litellm.RateLimitError:
        pass
    await asyncio.sleep(SETTLE_SECONDS)
