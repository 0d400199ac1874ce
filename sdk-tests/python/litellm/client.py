import litellm
from litellm_calls import make_calls

litellm.callbacks = ["otel"]

make_calls()
