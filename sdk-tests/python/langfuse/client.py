from langfuse import get_client, propagate_attributes
from langfuse.openai import OpenAI
from scenario import openai_calls

with propagate_attributes(user_id="user-1", session_id="session-1"):
    openai_calls(OpenAI(max_retries=0))
get_client().flush()
