// The calls that every client of the OpenAI library makes, and what the Anthropic library makes beside them.

const question = [{ role: "user", content: "What is the capital of France?" }];
const weather = {
  name: "get_weather",
  description: "The weather of a city",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

/** Chat, chat streamed, chat with a tool call, responses, responses streamed, embeddings, and a chat answered 429. */
export async function openaiCalls(openai) {
  const model = "gpt-4o-mini";
  await openai.chat.completions.create({ model, messages: question });
  await readAll(
    await openai.chat.completions.create({
      model,
      messages: question,
      stream: true,
      stream_options: { include_usage: true },
    }),
  );
  await openai.chat.completions.create({ model, messages: question, tools: [{ type: "function", function: weather }] });
  await openai.responses.create({ model, input: "What is the capital of France?" });
  await readAll(await openai.responses.create({ model, input: "What is the capital of France?", stream: true }));
  await openai.embeddings.create({ model: "text-embedding-3-small", input: "Paris" });
  await openai.chat.completions
    .create({ model, messages: [{ role: "user", content: "rate-limit-me" }] })
    .catch((limited) => expectStatus(limited, 429));
}

/** A message, and one streamed. */
export async function anthropicCalls(anthropic) {
  const request = { model: "claude-sonnet-4-20250514", max_tokens: 64, messages: question };
  await anthropic.messages.create(request);
  await readAll(await anthropic.messages.create({ ...request, stream: true }));
}

async function readAll(stream) {
  for await (const chunk of stream) void chunk;
}

function expectStatus(error, status) {
  if (error.status !== status) throw error;
}
