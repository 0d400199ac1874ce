"""The calls that every client of the OpenAI library makes, and what the Anthropic library makes beside them."""

QUESTION = [{"role": "user", "content": "What is the capital of France?"}]
LIMITED = [{"role": "user", "content": "rate-limit-me"}]
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def openai_calls(client):
    """Chat, chat streamed, chat with a tool call, responses, responses streamed, embeddings, a chat answered 429."""
    model = "gpt-4o-mini"
    client.chat.completions.create(model=model, messages=QUESTION)
    read_all(
        client.chat.completions.create(
            model=model, messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    client.chat.completions.create(model=model, messages=QUESTION, tools=[WEATHER])
    client.responses.create(model=model, input="What is the capital of France?")
    read_all(client.responses.create(model=model, input="What is the capital of France?", stream=True))
    client.embeddings.create(model="text-embedding-3-small", input="Paris")
    expect_status(429, lambda: client.chat.completions.create(model=model, messages=LIMITED))


def anthropic_calls(client):
    """A message, and one streamed."""
    request = {"model": "claude-sonnet-4-20250514", "max_tokens": 64, "messages": QUESTION}
    client.messages.create(**request)
    read_all(client.messages.create(**request, stream=True))


def read_all(stream):
    for _ in stream:
        pass


def expect_status(status, call):
    try:
        call()
    except Exception as error:
        if getattr(error, "status_code", None) != status:
            raise
    else:
        raise AssertionError(f"wanted to be answered {status}")
