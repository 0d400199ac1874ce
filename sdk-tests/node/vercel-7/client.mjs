import { createOpenAI } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { NodeSDK } from "@opentelemetry/sdk-node";
import * as ai from "ai";
import { z } from "zod";
import { vercelCalls } from "../vercel.mjs";

const sdk = new NodeSDK();
sdk.start();
ai.registerTelemetry(new OpenTelemetry());

await vercelCalls(ai, createOpenAI({ baseURL: process.env.OPENAI_BASE_URL }), z, { telemetry: { functionId: "qa" } });
await sdk.shutdown();
