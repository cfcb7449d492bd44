"""The extra `fast`: msgspec reads what is long, orjson writes it, and nothing else changes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest

from anthropic import Anthropic, types
from anthropic._responses.json import LONG, loads
from anthropic._structuring import fast_json
from anthropic._structuring.structure import WRITERS

PAD = b" " * LONG

TEXTS = [
    *(b"0 -0 -0.0 1e5 1E+5 0.1 5e-324 1e400 -1e400 1.7976931348623159e308 01 1. .5 - NaN -Infinity".split()),
    *(b"18446744073709551616 -9223372036854775809 123456789012345678901234567890.5 9007199254740993".split()),
    b"1" * 4300,
    b"1" * 4301,
    *(b'"\\ud800" "\\udc00" "\\ud83d\\ude00" "\\ud83d\\u0041" "\\u0000" "\\x41" "\x7f" "\xed\xa0\x80" "\xff"'.split()),
    *(b'"\x1f" "\x00" "\\u00g9" "abc "abc\\ \'a\' nul truefalse 0x1 1_000 1\x00 \x0b1 \xc2\xa01'.split(b" ")),
    b'{"a": 1, "b": 2, "a": 3}',
    b'{"": {"\\u0061": [true, false, null]}}',
    b'{"a": 1,}',
    b"[1, ]",
    b"{1: 2}",
    b"[1 2]",
    b"1 x",
    b"",
    b"// a comment\n1",
    b"\xef\xbb\xbf1",
    '{"ä": "é😀"}'.encode("utf-16"),
    b"[" * 100_000,
    b"[" * 900 + b"]" * 900,
]


def outcome(read: Any, text: Any) -> str:
    try:
        return repr(read(text))
    except RecursionError:
        return "ValueError The JSON is nested too deeply."
    except ValueError as error:
        return f"{type(error).__name__} {error}"


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: str(text[:20]))
def test_long_texts_are_read_as_by_the_standard_library(text: bytes) -> None:
    assert outcome(loads, text + PAD) == outcome(json.loads, text + PAD)
    assert outcome(loads, text) == outcome(json.loads, text)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What msgspec is given to read."""
    given: list[Any] = []
    real = fast_json.decoder()
    assert real is not None

    def decode(data: Any) -> Any:
        given.append(data)
        return real(data)

    monkeypatch.setattr(fast_json, "decoder", lambda: decode)
    return given


def responding(body: bytes) -> Anthropic:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body, headers={"content-type": "application/json"})

    return Anthropic(api_key="key", http_client=httpx.Client(transport=httpx.MockTransport(respond)))


def message(text: str) -> dict[str, Any]:
    usage = {"input_tokens": 1, "output_tokens": 2}
    content = [{"type": "text", "text": text}]
    return {"id": "m", "type": "message", "role": "assistant", "model": "x", "content": content, "usage": usage}


@pytest.mark.parametrize(("text", "times"), [("short", 0), ("long " * 1000, 1)])
def test_one_pass_over_a_long_body_and_none_over_a_short_one(text: str, times: int, decoded: list[Any]) -> None:
    body = json.dumps(message(text)).encode()
    with responding(body) as client:
        got = client.messages.create(max_tokens=1, model="x", messages=[])
    assert got.to_dict() == message(text)
    assert decoded == [body] * times


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, find in (("msgspec", fast_json.decoder), ("orjson", fast_json.encoder)):
        monkeypatch.setitem(sys.modules, name, None)
        find.cache_clear()
    text = "long\n" * 1000
    assert loads(json.dumps(text)) == text
    assert fast_json.decoder() is fast_json.encoder() is None
    WRITERS.clear()
    model = types.Message.construct(**message(text))
    assert model.to_json() == model.to_json() == json.dumps(model.to_dict(), indent=2)
    fast_json.decoder.cache_clear()
    fast_json.encoder.cache_clear()


def test_texts_are_the_same_before_and_after_orjson_is_asked() -> None:
    WRITERS.clear()
    long = types.Message.construct(**message('é\u2028\x7f"\\\n' * 1000))
    for indent in (None, 0, 1, 2, 8, 9):
        first, second = long.to_json(indent=indent), long.to_json(indent=indent)
        expected = json.dumps(long.to_dict(), ensure_ascii=False, indent=indent)
        assert json.loads(first) == long.to_dict()
        assert first == second == (expected if indent is not None else first)


def test_a_program_with_short_texts_does_not_import_it() -> None:
    pytest.importorskip("orjson")
    code = f"""
import json, sys
from anthropic import types
from anthropic._responses.json import loads
model = types.Message.construct(**loads({json.dumps(message("short"))!r}))
model.to_json(), model.model_dump_json(), model.to_dict()
assert not {{"msgspec", "orjson"}} & {{*sys.modules}}
loads(json.dumps({{"a": "b" * 3000}}))
assert {{"msgspec", "orjson"}} & {{*sys.modules}} == {{"msgspec"}}
types.Message.construct(**loads({json.dumps(message("long " * 1000))!r})).to_json()
assert "orjson" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
