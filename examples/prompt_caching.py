"""Stream with a cached prompt, and see what the cache did."""

from anthropic import Anthropic


def main() -> None:
    client = Anthropic()
    with client.beta.prompt_caching.messages.stream(
        max_tokens=1024,
        messages=[{"role": "user", "content": "Who speaks first?"}],
        model="claude-3-5-sonnet-20240620",
        system=[
            {"type": "text", "text": "Answer from the play."},
            {"type": "text", "text": "<the whole of Hamlet>", "cache_control": {"type": "ephemeral"}},
        ],
    ) as stream:
        for text in stream.text_stream:
            print(text, end="", flush=True)
        print()

    usage = stream.get_final_message().usage
    print(f"{usage.cache_read_input_tokens} tokens came from the cache")


if __name__ == "__main__":
    main()
