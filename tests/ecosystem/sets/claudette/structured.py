"""What a model fills in, by a tool."""

from claudette import Client

REPLIES = [{"tools": [["add", {"a": 3, "b": 4}]]}]


def add(
    a: int,  # one number
    b: int,  # another
) -> int:  # the sum
    "Adds two numbers"
    return a + b


client = Client("claude-3-5-sonnet-20240620")
assert client.structured("3 + 4?", tools=[add]) == [7]
