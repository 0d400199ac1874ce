from traceloop.sdk import Traceloop
from traceloop.sdk.decorators import workflow

Traceloop.init(app_name="traceloop", disable_batch=True)

import anthropic
import openai
from scenario import anthropic_calls, openai_calls


@workflow(name="qa")
def qa():
    Traceloop.set_association_properties({"user_id": "user-1", "session_id": "session-1"})
    openai_calls(openai.OpenAI(max_retries=0))
    anthropic_calls(anthropic.Anthropic(max_retries=0))


qa()
