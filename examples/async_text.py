"""The same as `text.py`, asynchronously, and with events."""

import asyncio

from anthropic import AsyncAnthropic


async def main() -> None:
    async with (
        AsyncAnthropic() as client,
        client.messages.stream(
            max_tokens=1024,
            messages=[{"role": "user", "content": "Hello, Claude"}],
            model="claude-3-5-sonnet-20240620",
        ) as stream,
    ):
        async for event in stream:
            if event.type == "text":
                print(f"+ {event.text!r} = {event.snapshot!r}")
            elif event.type == "content_block_stop":
                print(f"block {event.index}: {event.content_block.type}")

        message = await stream.get_final_message()
        print(message.to_json(indent=None))


if __name__ == "__main__":
    asyncio.run(main())
