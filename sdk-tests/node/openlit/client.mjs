import OpenAI from "openai";
import { Openlit } from "openlit";
import { openaiCalls } from "../scenario.mjs";

Openlit.init({
  applicationName: process.env.OTEL_SERVICE_NAME,
  instrumentations: { openai: OpenAI },
  disableBatch: true,
  pricingJson: "{}",
});

await openaiCalls(new OpenAI({ maxRetries: 0 }));
