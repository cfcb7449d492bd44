"""Code that was written for the old names. Each line that has to warn names at its end what it warns of."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
from case import AsyncCase, Case
from case.types import MessageCreateParams, TokenCount, Usage  # case.types.TokenCount
from case.types.beta.tools import Sketch  # case.types.beta.tools.Sketch
from case.types.token_count import Extra  # case.types.token_count.Extra
from case.types.usage import Old  # case.types.usage.Old

sent: list[tuple[str, Any]] = []


def respond(request: httpx.Request) -> httpx.Response:
    sent.append((request.url.path, json.loads(request.content or "null")))
    usage = {"input_tokens": 3, "output_tokens": 4}
    return httpx.Response(200, json={"usage": usage, **usage})


client = Case(http_client=httpx.Client(transport=httpx.MockTransport(respond)))

# Types

extra: Extra = Old(note="x")
sketch = Sketch(role="user")


class Mine(TokenCount):
    more: int = 1


def total(usage: TokenCount) -> int:
    return usage.tokens_in + usage.output_tokens  # Usage.tokens_in


# Attributes

usage = Usage(tokens_in=1, output_tokens=2)  # Usage(tokens_in=)
assert isinstance(usage, TokenCount)
assert total(usage) == 3
usage.tokens_cached = 5  # Usage.tokens_cached
usage.tokens_in += 1  # Usage.tokens_in; Usage.tokens_in
assert usage.to_dict() == {"input_tokens": 2, "output_tokens": 2, "cached_tokens": 5}
assert repr(usage) == "Usage(input_tokens=2, output_tokens=2, cached_tokens=5, details=None)"
assert usage == Usage.construct(tokens_in=2, output_tokens=2, cached_tokens=5)  # Usage(tokens_in=)
assert list(usage.model_fields) == ["input_tokens", "output_tokens", "cached_tokens", "details"]
assert Mine(input_tokens=1, output_tokens=2).tokens_in == 1  # Mine.tokens_in

# Resources and methods

chats = client.chats  # client.chats
assert chats is client.messages
counts = chats.send(model="m-1", max_tokens=1)  # client.messages.send
assert counts.usage.input_tokens == 3
assert client.beta.messages.get("a", "b").output_tokens == 4  # client.beta.messages; client.messages.get
raw = client.with_raw_response.chats  # client.chats
assert raw.send(model="m-1", max_tokens=1).parse().usage.output_tokens == 4  # client.messages.send
with client.messages.with_streaming_response.get("a", "b") as response:  # client.messages.get
    assert response.parse().input_tokens == 3
streaming = client.with_streaming_response.beta.messages  # client.beta.messages
stream = client.messages.send(model="m-1", max_tokens=1, stream=True)  # client.messages.send
stream.close()

assert client.beta.submit(model="m-1", max_tokens=1).usage.input_tokens == 3  # client.beta.submit
stream = client.beta.submit(model="m-1", max_tokens=1, stream=True)  # client.beta.submit
stream.close()
sketch = client.with_raw_response.messages.sketch(content="c").parse()  # client.messages.sketch

# Parameters

sent.clear()
client.messages.create(engine="m-1", max_tokens=1)  # client.messages.create(engine=)
client.messages.create(model="m-1", max_tokens=1, top_n=4)  # client.messages.create(top_n=)
client.messages.create(engine="m-1", max_tokens=1, stream=True).close()  # client.messages.create(engine=)
client.messages.with_raw_response.create(engine="m-1", max_tokens=1)  # client.messages.create(engine=)
client.messages.retrieve(msg_id="a", part_id="b")  # client.messages.retrieve(msg_id=)
client.messages.retrieve("c", part_id="d", limit=1)
client.messages.retrieve("e", "f")
client.beta.draft(text="t")  # client.beta.draft(text=)
params: MessageCreateParams = {"engine": "m-1", "max_tokens": 1, "top_n": 5}
client.messages.create(**params)  # client.messages.create(engine=); client.messages.create(top_n=)
plain = {"model": "m-1", "max_tokens": 1}
assert sent == [
    ("/messages", plain),
    ("/messages", {**plain, "top_k": 4}),
    ("/messages", {**plain, "stream": True}),
    ("/messages", plain),
    ("/messages/a/parts/b", None),
    ("/messages/c/parts/d", None),
    ("/messages/e/parts/f", None),
    ("/drafts", {"content": "t"}),
    ("/messages", {**plain, "top_k": 5}),
], sent

# Values

sent.clear()
client.messages.create(model="m-2", max_tokens=1)  # client.messages.create(model="m-2")
create = client.messages.create
create(engine="m-2", max_tokens=1)  # client.messages.create(engine=); client.messages.create(model="m-2")
client.messages.create(model="m-1", max_tokens=1, effort="lots")  # client.messages.create(effort="lots")
params = {"model": "m-1", "max_tokens": 1, "effort": "lots"}
client.messages.create(**params)  # client.messages.create(effort="lots")
assert params["effort"] == "lots"
assert [body["model"] for _, body in sent] == ["m-2.0", "m-2.0", "m-1", "m-1"]
assert [body.get("effort") for _, body in sent] == [None, None, "high", "high"]

# The same with await


async def main() -> None:
    async with AsyncCase(http_client=httpx.AsyncClient(transport=httpx.MockTransport(respond))) as client:
        sent.clear()
        chats = client.chats  # client.chats
        counts = await chats.send(engine="m-1", max_tokens=1)  # client.messages.send; client.messages.create(engine=)
        assert counts.usage.tokens_in == 3  # Usage.tokens_in
        await client.messages.create(model="m-2", max_tokens=1)  # client.messages.create(model="m-2")
        await client.messages.create(model="m-1", max_tokens=1, top_n=2)  # client.messages.create(top_n=)
        raw = await client.with_raw_response.chats.send(model="m-1", max_tokens=1)  # client.chats; client.messages.send
        assert raw.parse().usage.input_tokens == 3
        messages = client.beta.messages  # client.beta.messages
        async with messages.with_streaming_response.get("a", "b") as response:  # client.messages.get
            assert (await response.parse()).output_tokens == 4
        sent_again = await client.beta.submit(model="m-1", max_tokens=1)  # client.beta.submit
        assert sent_again.usage.input_tokens == 3
        stream = await client.messages.send(model="m-1", max_tokens=1, stream=True)  # client.messages.send
        await stream.close()
        assert sent[1:3] == [("/messages", {**plain, "model": "m-2.0"}), ("/messages", {**plain, "top_k": 2})]


asyncio.run(main())
