import asyncio

from google.adk.agents import LlmAgent
from google.adk.runners import InMemoryRunner
from google.adk.telemetry.setup import maybe_set_otel_providers
from google.genai import types
from opentelemetry import trace

maybe_set_otel_providers()


def get_weather(city: str) -> str:
    """The weather of a city."""
    return f"Sunny in {city}"


async def main():
    agent = LlmAgent(name="weather", model="gemini-2.5-flash", instruction="Be brief.", tools=[get_weather])
    runner = InMemoryRunner(agent=agent, app_name="google-adk")
    session = await runner.session_service.create_session(app_name="google-adk", user_id="user-1")
    message = types.Content(role="user", parts=[types.Part(text="What is the weather in Paris?")])
    async for _ in runner.run_async(user_id="user-1", session_id=session.id, new_message=message):
        pass


asyncio.run(main())
trace.get_tracer_provider().shutdown()
