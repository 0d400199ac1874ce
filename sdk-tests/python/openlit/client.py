import pathlib

import openlit

openlit.init(pricing_json=str(pathlib.Path(__file__).with_name("prices.json")))

import openai
from scenario import openai_calls

openai_calls(openai.OpenAI(max_retries=0))
