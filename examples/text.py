"""Print an answer while it is generated."""

from anthropic import Anthropic


def main() -> None:
    client = Anthropic()
    with client.messages.stream(
        max_tokens=1024,
        messages=[{"role": "user", "content": "Hello, Claude"}],
        model="claude-3-5-sonnet-20240620",
    ) as stream:
        for text in stream.text_stream:
            print(text, end="", flush=True)
        print()

    message = stream.get_final_message()  # complete, or an error was raised before
    print(f"{message.stop_reason} after {message.usage.output_tokens} tokens")


if __name__ == "__main__":
    main()
