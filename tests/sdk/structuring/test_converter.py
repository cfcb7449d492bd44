"""The cattrs converter: users' hooks take effect everywhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Dict, List, Optional, Union

import pytest

import anthropic
from anthropic import BaseModel
from anthropic._converter import ModelConverter
from anthropic._request.json import encode_json
from anthropic._structuring.structure import structure
from anthropic.types import ContentBlock, Message, RawMessageStreamEvent, TextBlock, ToolUseBlock, Usage

from ..samples import MESSAGE, MESSAGE_START, SAMPLES, TEXT_BLOCK, USAGE, load


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelConverter]:
    """A fresh converter in the place of the shared one."""
    from anthropic import _converter
    from anthropic._structuring import hooks, unstructure

    fresh = ModelConverter()
    monkeypatch.setattr(_converter, "converter", fresh)
    yield fresh
    monkeypatch.undo()
    hooks.forget_hooks()
    unstructure.forget_unstructure_hooks()


def test_it_is_public_and_lazy() -> None:
    assert isinstance(anthropic.converter, ModelConverter)
    code = (
        "import sys, anthropic; assert 'cattrs' not in sys.modules; anthropic.converter; assert 'cattrs' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_it_structures_and_unstructures_every_type(name: str) -> None:
    value = SAMPLES[name][1]
    model = anthropic.converter.structure(value, load(name))
    assert model == load(name).construct(**value)
    assert anthropic.converter.unstructure(model) == value


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (ContentBlock, TEXT_BLOCK),
        (ContentBlock, {"type": "new", "x": 1}),
        (List[ContentBlock], [TEXT_BLOCK]),
        (Dict[str, Usage], {"a": USAGE}),
        (Optional[Usage], None),
        (Union[Usage, TextBlock], TEXT_BLOCK),
        (RawMessageStreamEvent, MESSAGE_START),
    ],
)
def test_it_agrees_with_the_sdk(type_: Any, value: Any) -> None:
    assert anthropic.converter.structure(value, type_) == structure(value, type_)
    assert anthropic.converter.unstructure(anthropic.converter.structure(value, type_)) == value


class Priced(Usage):
    price: float = 0.0


def test_a_hook_for_a_model_is_used_everywhere(converter: ModelConverter) -> None:
    assert type(Message.construct(**MESSAGE).usage) is Usage

    def read(value: Dict[str, Any], _: type) -> Priced:
        return Priced.construct(**value, price=value["input_tokens"] * 0.5)

    converter.register_structure_hook(Usage, read)
    assert Message.construct(**MESSAGE).usage.to_dict() == {**USAGE, "price": 1.5}
    assert type(structure(MESSAGE_START, RawMessageStreamEvent).message.usage) is Priced
    assert type(structure(MESSAGE, Message, strict=True).usage) is Priced
    assert type(structure([USAGE], List[Usage])[0]) is Priced


def test_a_hook_may_call_construct_and_to_dict_of_its_own_class(converter: ModelConverter) -> None:
    converter.register_structure_hook(Usage, lambda value, _: Usage.construct(**value, seen=True))
    converter.register_unstructure_hook(Usage, lambda usage: {**usage.to_dict(), "written": True})
    message = Message.construct(**MESSAGE)
    assert message.to_dict()["usage"] == {**USAGE, "seen": True, "written": True}
    assert message.model_dump()["usage"] == {**USAGE, "seen": True, "written": True}
    assert b'"written":true' in encode_json({"m": message})


def test_decorators(converter: ModelConverter) -> None:
    @converter.register_structure_hook
    def read(value: Any, _: Any) -> Usage:
        return Usage.construct(input_tokens=-1)

    @converter.register_unstructure_hook
    def write(value: Usage) -> Any:
        return "usage"

    message = Message.construct(**MESSAGE)
    assert message.usage.input_tokens == -1 and message.to_dict()["usage"] == "usage"


def test_hooks_for_other_types(converter: ModelConverter) -> None:
    class Event(BaseModel):
        at: datetime
        text: str

    converter.register_structure_hook(datetime, lambda value, _: ("read", value))
    converter.register_structure_hook(str, lambda value, _: value.upper())
    assert Event.construct(at="2024-01-01", text="a").to_dict() == {"at": ("read", "2024-01-01"), "text": "A"}
    assert TextBlock.construct(text="a").text == "A"


def test_hooks_for_a_union(converter: ModelConverter) -> None:
    converter.register_structure_hook_func(
        lambda type_: type_ == ContentBlock, lambda value, _: ("block", value["type"])
    )
    assert Message.construct(**MESSAGE).content == [("block", "text"), ("block", "tool_use")]


def test_factories(converter: ModelConverter) -> None:
    converter.register_structure_hook_factory(
        lambda type_: type_ is ToolUseBlock, lambda type_: lambda value, _: (type_.__name__, value["name"])
    )

    @converter.register_unstructure_hook_factory(lambda type_: type_ is TextBlock)
    def write(type_: Any) -> Any:
        return lambda value: value.text

    message = Message.construct(**MESSAGE)
    assert message.content[1] == ("ToolUseBlock", "weather")
    assert message.to_dict()["content"][0] == "Hi"  # type: ignore[index]


def test_the_former_hook_can_be_used(converter: ModelConverter) -> None:
    former = converter.get_structure_hook(Usage)
    converter.register_structure_hook(Usage, lambda value, type_: former({**value, "input_tokens": 0}, type_))
    assert Message.construct(**MESSAGE).usage.to_dict() == {**USAGE, "input_tokens": 0}


def test_errors_of_hooks_are_located_in_strict_mode(converter: ModelConverter) -> None:
    def refuse(value: Any, _: type) -> Any:
        raise KeyError("gone")

    converter.register_structure_hook(Usage, refuse)
    with pytest.raises(ValueError, match="usage: KeyError: 'gone'"):
        structure(MESSAGE, Message, strict=True)
    with pytest.raises(KeyError, match="gone"):
        structure(MESSAGE, Message)
