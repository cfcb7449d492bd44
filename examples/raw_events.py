"""The events of the API as they come, without helpers; and what happens when a stream breaks."""

import sys

from anthropic import Anthropic, APIConnectionError


def main() -> None:
    client = Anthropic()
    stream = client.messages.create(
        max_tokens=1024,
        messages=[{"role": "user", "content": "Hello, Claude"}],
        model="claude-3-5-sonnet-20240620",
        stream=True,
    )
    try:
        with stream:
            for event in stream:
                if event.type == "content_block_delta" and event.delta.type == "text_delta":
                    print(event.delta.text)
                else:
                    print(f"[{event.type}]")
    except APIConnectionError as error:
        sys.exit(f"request {error.request_id} broke off: {error}")
    if not stream.complete:
        sys.exit("the stream ended early")


if __name__ == "__main__":
    main()
