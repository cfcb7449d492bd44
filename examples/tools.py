"""Watch the input of a tool being generated, run the tool, and stream the answer."""

from anthropic import Anthropic
from anthropic.types import MessageParam, ToolParam, ToolResultBlockParam

WEATHER: ToolParam = {
    "name": "get_weather",
    "description": "The weather at a place.",
    "input_schema": {"type": "object", "properties": {"location": {"type": "string"}}},
}


def get_weather(arguments: object) -> str:
    return f"It is 15 degrees. (You asked for {arguments}.)"


def main() -> None:
    client = Anthropic()
    messages: list[MessageParam] = [{"role": "user", "content": "What is the weather in San Francisco?"}]

    while True:
        with client.messages.stream(
            max_tokens=1024, messages=messages, model="claude-3-5-sonnet-20240620", tools=[WEATHER]
        ) as stream:
            for event in stream:
                if event.type == "text":
                    print(event.text)
                elif event.type == "input_json":
                    print("input so far:", event.snapshot)
        message = stream.get_final_message()

        results: list[ToolResultBlockParam] = [
            {"type": "tool_result", "tool_use_id": block.id, "content": get_weather(block.input)}
            for block in message.content
            if block.type == "tool_use"
        ]
        if not results:
            return
        messages.append({"role": "assistant", "content": message.content})
        messages.append({"role": "user", "content": results})


if __name__ == "__main__":
    main()
