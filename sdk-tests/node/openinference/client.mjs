import Anthropic from "@anthropic-ai/sdk";
import { setSession, setUser } from "@arizeai/openinference-core";
import { AnthropicInstrumentation } from "@arizeai/openinference-instrumentation-anthropic";
import { OpenAIInstrumentation } from "@arizeai/openinference-instrumentation-openai";
import { context } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";
import OpenAI from "openai";
import { anthropicCalls, openaiCalls } from "../scenario.mjs";

const sdk = new NodeSDK();
sdk.start();
const openaiInstrumentation = new OpenAIInstrumentation();
openaiInstrumentation.manuallyInstrument(OpenAI);
new AnthropicInstrumentation().manuallyInstrument(Anthropic);

const who = setUser(setSession(context.active(), { sessionId: "session-1" }), { userId: "user-1" });
await context.with(who, () => openaiCalls(new OpenAI({ maxRetries: 0 })));
await context.with(who, () => anthropicCalls(new Anthropic({ maxRetries: 0 })));
await sdk.shutdown();
