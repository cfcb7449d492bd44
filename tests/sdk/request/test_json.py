"""Request bodies: what may be passed, and how a mistake is named."""

from __future__ import annotations

import enum
import io
import json
import uuid
from collections import OrderedDict, deque
from collections.abc import Iterator
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from anthropic import NOT_GIVEN, BaseModel
from anthropic._models import field
from anthropic._request.json import encode_json
from anthropic._structuring.structure import structure
from anthropic.types import ContentBlock, Message, TextBlock, ToolUseBlock

from ..samples import MESSAGE, TEXT_BLOCK

PARAMS = "types.message_create_params.MessageCreateParamsNonStreaming"
"""What says where a body may hold files."""


class Color(enum.Enum):
    RED = "red"


class Named(BaseModel):
    class_: str = field(wire_name="class")
    other: int = 5


def encoded(value: Any) -> Any:
    return json.loads(encode_json({"v": value}))["v"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("é\u2028", "é\u2028"),
        ((1, 2), [1, 2]),
        ({3}, [3]),
        (range(3), [0, 1, 2]),
        (deque([1]), [1]),
        ({"a": 1}.values(), [1]),
        (MappingProxyType({"a": (1,)}), {"a": [1]}),
        (OrderedDict(a=1), {"a": 1}),
        (b"abc", "YWJj"),
        (bytearray(b"abc"), "YWJj"),
        (memoryview(b"abc"), "YWJj"),
        (io.BytesIO(b"abc"), "YWJj"),
        (io.StringIO("é"), "w6k="),
        (date(2024, 1, 2), "2024-01-02"),
        (datetime(2024, 1, 2, 3, tzinfo=timezone.utc), "2024-01-02T03:00:00Z"),
        (Color.RED, "red"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Decimal("1.50"), "1.50"),
        (TextBlock.construct(**TEXT_BLOCK), TEXT_BLOCK),
        (Message.construct(**MESSAGE), MESSAGE),
        (TextBlock.construct(text="a", more={"b": TextBlock.construct()}), {"text": "a", "more": {"b": {}}}),
        (structure({"type": "new", "x": 1}, ContentBlock), {"type": "new", "x": 1}),
        (Named.construct(**{"class": "c"}), {"class": "c"}),
        (None, None),
    ],
)
def test_values(value: Any, expected: Any) -> None:
    assert encoded(value) == expected
    assert encoded([{"deep": [value]}]) == [{"deep": [expected]}] or isinstance(value, io.IOBase)


def test_generators_at_any_depth() -> None:
    def blocks() -> Iterator[Any]:
        yield {"type": "text", "text": "a"}
        yield TextBlock(type="text", text="b")

    body = {"messages": ({"role": "user", "content": blocks()} for _ in range(1))}
    assert json.loads(encode_json(body)) == {
        "messages": [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]
    }


def test_paths_and_files(tmp_path: Path) -> None:
    file = tmp_path / "image.png"
    file.write_bytes(b"abc")
    with file.open("rb") as opened:
        assert encoded([opened]) == ["YWJj"]
    source = {"type": "base64", "media_type": "image/png", "data": file}
    turn = {"role": "user", "content": ({"type": "image", "source": source} for _ in range(2))}
    sent = json.loads(encode_json({"messages": [turn]}, PARAMS))
    assert [block["source"]["data"] for block in sent["messages"][0]["content"]] == ["YWJj", "YWJj"]


def test_spelling_on_the_wire() -> None:
    assert encode_json({"a": [1, 2.5, None, True], "é": "ü"}) == '{"a":[1,2.5,null,true],"é":"ü"}'.encode()
    assert encode_json([1]) == b"[1]"
    assert encode_json("x") == b'"x"'
    assert encode_json(TextBlock.construct(text="a")) == b'{"text":"a"}'


def test_not_given_is_left_out_at_the_top_only() -> None:
    assert encode_json({"a": NOT_GIVEN, "b": None}) == b'{"b":null}'
    with pytest.raises(TypeError, match="^metadata.user_id: NOT_GIVEN can only stand for a whole parameter"):
        encode_json({"metadata": {"user_id": NOT_GIVEN}})


def test_lone_surrogates_survive() -> None:
    assert encode_json({"a": "\ud800é😀"}) == b'{"a":"\\ud800\xc3\xa9\xf0\x9f\x98\x80"}'
    assert encoded("\udfff") == "\udfff"


class Strange:
    pass


async def async_items() -> Any:
    yield 1


def cyclic() -> Any:
    value: Any = {"a": []}
    value["a"].append(value)
    return value


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ({"messages": [{"content": Strange()}]}, TypeError, "messages[0].content: Strange can't be sent as JSON"),
        ({"m": ({"c": c} for c in [1, Strange()])}, TypeError, "m[1].c: Strange can't be sent as JSON"),
        ({"m": [{"c": ToolUseBlock.construct(input=[Strange()])}]}, TypeError, "Strange can't"),
        ({"m": {"a": async_items()}}, TypeError, "m.a: an async iterable (async_generator) can't be sent as JSON"),
        ({"m": int}, TypeError, "m: type can't be sent as JSON"),
        ({"m": [{(1, 2): 3}]}, TypeError, "m[0]: keys must be strings, got tuple"),
        ({"m": [1.0, float("nan")]}, ValueError, "m[1]: nan is no JSON number"),
        ({"m": [{"x y": float("inf")}]}, ValueError, "m[0]['x y']: inf is no JSON number"),
        ({"m": cyclic()}, ValueError, "m.a[0]: the value contains itself"),
        (Strange(), TypeError, "Strange can't be sent as JSON"),
        ({"m": [{"p": Path("/does/not/exist/anywhere")}]}, TypeError, "m[0].p: the API takes no file here"),
    ],
)
def test_mistakes_are_located(body: Any, kind: type, text: str) -> None:
    with pytest.raises(kind) as caught:
        encode_json(body)
    assert text in str(caught.value)


def test_absurd_depth() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(ValueError, match="nested too deeply"):
        encode_json({"a": value})


def test_pydantic_models_are_not_iterated() -> None:
    class Foreign:
        """Quacks like a model of pydantic."""

        def model_dump(self, **options: Any) -> Any:
            return {"a": 1, "mode": options["mode"]}

        def __iter__(self) -> Any:
            return iter([("a", 1)])

    assert encoded(Foreign()) == {"a": 1, "mode": "json"}
