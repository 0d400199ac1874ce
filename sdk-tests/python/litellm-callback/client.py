import asyncio

import litellm
from litellm.integrations.generic_api.generic_api_callback import GenericAPILogger
from litellm_calls import make_async_calls


async def main():
    logger = GenericAPILogger()
    litellm.callbacks = [logger]
    await make_async_calls()
    await logger.flush_queue()


asyncio.run(main())
