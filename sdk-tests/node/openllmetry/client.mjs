import * as traceloop from "@traceloop/node-server-sdk";
import * as anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { anthropicCalls, openaiCalls } from "../scenario.mjs";

traceloop.initialize({ instrumentModules: { openAI: OpenAI, anthropic } });

await traceloop.withWorkflow({ name: "qa", associationProperties: { user_id: "user-1", session_id: "session-1" } }, () =>
  openaiCalls(new OpenAI({ maxRetries: 0 })),
);
await anthropicCalls(new anthropic.Anthropic({ maxRetries: 0 }));
await traceloop.forceFlush();
