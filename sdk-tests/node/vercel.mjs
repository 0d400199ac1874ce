// What every version of the AI SDK is asked: the versions differ in how their telemetry is switched on.

/**
 * Text by the chat API, text by the responses API, text streamed, a tool loop of two steps, an embedding, and a text
 * answered 429. `telemetry` is what is added to each call.
 */
export async function vercelCalls(ai, openai, z, telemetry) {
  const model = openai.chat("gpt-4o-mini");
  const prompt = "What is the capital of France?";
  await ai.generateText({ model, prompt, maxRetries: 0, ...telemetry });
  await ai.generateText({ model: openai.responses("gpt-4o-mini"), prompt, maxRetries: 0, ...telemetry });
  const streamed = ai.streamText({ model, prompt, maxRetries: 0, ...telemetry });
  for await (const text of streamed.textStream) void text;
  await ai.generateText({
    model,
    prompt: "What is the weather in Paris?",
    maxRetries: 0,
    stopWhen: ai.stepCountIs(3),
    tools: {
      get_weather: ai.tool({
        description: "The weather of a city",
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => `Sunny in ${city}`,
      }),
    },
    ...telemetry,
  });
  await ai.embed({ model: openai.embedding("text-embedding-3-small"), value: "Paris", maxRetries: 0, ...telemetry });
  await ai.generateText({ model, prompt: "rate-limit-me", maxRetries: 0, ...telemetry }).catch((limited) => {
    if (limited.statusCode !== 429) throw limited;
  });
}
