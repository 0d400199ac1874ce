import { observeOpenAI } from "@langfuse/openai";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { propagateAttributes } from "@langfuse/tracing";
import { NodeSDK } from "@opentelemetry/sdk-node";
import OpenAI from "openai";
import { openaiCalls } from "../scenario.mjs";

const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] });
sdk.start();

await propagateAttributes({ userId: "user-1", sessionId: "session-1" }, () =>
  openaiCalls(observeOpenAI(new OpenAI({ maxRetries: 0 }))),
);
await sdk.shutdown();
