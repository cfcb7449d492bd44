"""Payloads used by every benchmark. Pure data: no SDK import, deterministic."""

from __future__ import annotations

import base64
import json
import random


def message(blocks: int = 1, text_len: int = 40, tool_every: int = 0) -> dict:
    """A non-stream response body; every `tool_every`-th block is a tool_use block."""
    rng = random.Random(7)
    content = []
    for i in range(blocks):
        if tool_every and i % tool_every == tool_every - 1:
            content.append(
                {
                    "type": "tool_use",
                    "id": f"toolu_{i:06d}",
                    "name": "get_weather",
                    "input": {"location": "San Francisco, CA", "days": i, "opts": {"unit": "c", "hourly": True}},
                }
            )
        else:
            content.append({"type": "text", "text": _text(rng, text_len)})
    return {
        "id": "msg_013Zva2CMHLNnXjNJJKqJ2EF",
        "type": "message",
        "role": "assistant",
        "model": "claude-3-5-sonnet-20240620",
        "content": content,
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 10, "output_tokens": 25},
    }


def ascii_only(body: dict) -> dict:
    """The same without accents."""
    return json.loads(json.dumps(body, ensure_ascii=False).encode("ascii", "replace"))


def message_bytes(kind: str) -> bytes:
    return json.dumps(MESSAGES[kind](), ensure_ascii=False).encode()  # as the API writes it


MESSAGES = {
    "small": lambda: message(1, 40),
    "mixed": lambda: message(20, 200, tool_every=4),
    "large": lambda: message(200, 2500),  # about 500 KB
    "large ASCII": lambda: ascii_only(message(200, 2500)),
}


def history(turns: int = 1000, blocks: int = 2) -> list[dict]:
    """`messages=` argument: alternating user/assistant turns made of content blocks."""
    rng = random.Random(11)
    out = []
    for i in range(turns):
        content: list[dict] = [{"type": "text", "text": _text(rng, 120)} for _ in range(blocks)]
        if i % 10 == 8:
            content.append({"type": "tool_result", "tool_use_id": f"toolu_{i}", "content": "ok", "is_error": False})
        if i % 10 == 7:
            content.append({"type": "tool_use", "id": f"toolu_{i}", "name": "f", "input": {"a": [1, 2, {"b": i}]}})
        out.append({"role": "user" if i % 2 == 0 else "assistant", "content": content})
    return out


def image_history(megabytes: float = 5.0) -> list[dict]:
    data = base64.b64encode(random.Random(3).randbytes(int(megabytes * 1_000_000 * 3 / 4))).decode()
    return [
        {
            "role": "user",
            "content": [
                {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}},
                {"type": "text", "text": "What is in this image?"},
            ],
        }
    ]


def sse_text(deltas: int) -> list[bytes]:
    """One SSE record per list item: a text answer streamed in `deltas` text_delta events."""
    rng = random.Random(5)
    events = [_start(), _block_start(0, {"type": "text", "text": ""}), b'event: ping\ndata: {"type": "ping"}\n\n']
    events += [
        _sse(
            "content_block_delta",
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": " " + rng.choice(_WORDS)},
            },
        )
        for _ in range(deltas)
    ]
    return events + _stop(0, "end_turn", deltas)


def sse_tool(deltas: int, kind: str = "records") -> list[bytes]:
    """A tool call whose input arrives in `deltas` partial_json fragments.

    records: an object holding a growing list of small records (many closed values);
    string:  an object whose one field is a single long string (for example a file body).
    """
    events = [_start(), _block_start(0, {"type": "tool_use", "id": "toolu_01", "name": "write", "input": {}})]
    events += [
        _sse(
            "content_block_delta",
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "input_json_delta", "partial_json": fragment},
            },
        )
        for fragment in tool_fragments(deltas, kind)
    ]
    return events + _stop(0, "tool_use", deltas)


def tool_fragments(deltas: int, kind: str) -> list[str]:
    rng = random.Random(13)
    if kind == "string":
        body = [json.dumps(rng.choice(_WORDS) + " " + rng.choice(_WORDS))[1:-1] for _ in range(max(deltas - 2, 0))]
        return ['{"path": "a.txt", "content": "', *body, '"}']
    size, parts = deltas * 9, ['{"items": [']
    length, i = len(parts[0]), 0
    while length < size:
        record = json.dumps({"id": i, "name": rng.choice(_WORDS), "score": i / 7, "ok": i % 2 == 0, "tag": None})
        parts.append((", " if i else "") + record)
        length, i = length + len(parts[-1]), i + 1
    text = "".join(parts) + "]}"
    step = len(text) / deltas
    cuts = [round(k * step) for k in range(deltas)] + [len(text)]
    return [text[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]


def _start() -> bytes:
    body = message(0)
    body.update(stop_reason=None)
    return _sse("message_start", {"type": "message_start", "message": body})


def _block_start(index: int, block: dict) -> bytes:
    return _sse("content_block_start", {"type": "content_block_start", "index": index, "content_block": block})


def _stop(index: int, reason: str, tokens: int) -> list[bytes]:
    return [
        _sse("content_block_stop", {"type": "content_block_stop", "index": index}),
        _sse(
            "message_delta",
            {
                "type": "message_delta",
                "delta": {"stop_reason": reason, "stop_sequence": None},
                "usage": {"output_tokens": tokens},
            },
        ),
        _sse("message_stop", {"type": "message_stop"}),
    ]


def _sse(event: str, data: dict) -> bytes:
    return f"event: {event}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def _text(rng: random.Random, length: int) -> str:
    out = ""
    while len(out) < length:
        out += rng.choice(_WORDS) + " "
    return out[:length]


_WORDS = [
    "model",
    "stream",
    "token",
    "answer",
    "weather",
    "paris",
    "café",
    "data",
    "json",
    "event",
    "delta",
    "block",
    "content",
    "value",
    "index",
    "number",
    "string",
    "object",
    "list",
    'quote"',
    "newline\n",
    "the",
    "of",
    "and",
    "to",
]
