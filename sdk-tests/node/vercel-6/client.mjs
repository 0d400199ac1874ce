import { createOpenAI } from "@ai-sdk/openai";
import { NodeSDK } from "@opentelemetry/sdk-node";
import * as ai from "ai";
import { z } from "zod";
import { vercelCalls } from "../vercel.mjs";

const sdk = new NodeSDK();
sdk.start();
const telemetry = {
  experimental_telemetry: { isEnabled: true, functionId: "qa", metadata: { userId: "user-1", sessionId: "session-1" } },
};

await vercelCalls(ai, createOpenAI({ baseURL: process.env.OPENAI_BASE_URL }), z, telemetry);
await sdk.shutdown();
