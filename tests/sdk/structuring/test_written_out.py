"""Which models go the short way, and how often what is done."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any, Callable

import pytest

from anthropic import types
from anthropic._structuring import json_writers, straight_line, strict, unstructure
from anthropic._structuring.compiled_fillers import make_filler
from anthropic._structuring.structure import FILLERS, WRITERS

from ..samples import SAMPLES, load

MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "content": [
        {"type": "text", "text": "Hello"},
        {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {"numbers": [1, 2.5, True], "note": None}},
    ],
    "model": "claude-3-opus-20240229",
    "role": "assistant",
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "type": "message",
    "usage": {"input_tokens": 1, "output_tokens": 2},
}


def calls_of(action: Callable[[], object]) -> Counter[str]:
    """How often each function of the package is called, by file and name."""
    counted: Counter[str] = Counter()

    def note(frame: Any, event: str, argument: object) -> None:
        if event == "call":
            code = frame.f_code
            counted[code.co_name if code.co_filename.startswith("<") else f"{code.co_filename}:{code.co_name}"] += 1

    action()  # what is made at the first use is there then
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return counted


def named(counted: Counter[str]) -> dict[str, int]:
    """Those that are written out."""
    return {name: count for name, count in counted.items() if "/" not in name and not name.startswith("<")}


def test_each_object_is_written_by_one_call() -> None:
    message = types.Message.construct(**MESSAGE)
    assert named(calls_of(message.to_dict)) == {
        "dump_Message": 1,
        "dump_TextBlock": 1,
        "dump_ToolUseBlock": 1,
        "dump_Usage": 1,
    }
    with without_orjson():
        assert named(calls_of(lambda: message.to_json(indent=None))) == {
            "write_Message": 1,
            "write_TextBlock": 1,
            "write_ToolUseBlock": 1,
            "write_Usage": 1,
            "write_items": 3,  # the content, the input, the numbers in it
        }


def test_each_object_is_filled_by_one_call() -> None:
    counted = calls_of(lambda: types.Message(**MESSAGE))
    assert named(counted) == {"fill_Message": 1, "fill_TextBlock": 1, "fill_ToolUseBlock": 1, "fill_Usage": 1}
    assert not [name for name in counted if name.startswith(strict.__file__)]


class without_orjson:
    """Writers that were not asked for a long text yet."""

    def __enter__(self) -> None:
        WRITERS.clear()

    def __exit__(self, *_: object) -> None:
        WRITERS.clear()


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_go_the_short_way(name: str) -> None:
    cls, sample = load(name), SAMPLES[name][1]
    model: Any = cls.__new__(cls)
    make_filler(cls, FILLERS)(model, sample)
    assert model == cls.construct(**sample) and model.to_dict() == sample
    assert WRITERS[None, True, True].write(model) == unstructure.json_text(sample, None)


def test_what_does_not_fit_is_looked_at_again_as_a_whole() -> None:
    usage = types.Usage(input_tokens="1", output_tokens=2.0)  # type: ignore[arg-type]
    assert usage.to_dict() == {"input_tokens": 1, "output_tokens": 2}
    with pytest.raises(ValueError, match="input_tokens: is missing"):
        types.Usage(output_tokens=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError) as caught:
        types.Message(**{**MESSAGE, "content": [{"type": "text"}], "usage": 1})
    assert "content[0].text: is missing" in str(caught.value) and "usage: expected an object" in str(caught.value)


def test_a_user_of_models_gets_functions_at_the_first_use_only(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = straight_line.compile_function

    def noted(name: str, *rest: Any) -> Any:
        made.append(name)
        return real(name, *rest)

    for module in (straight_line, json_writers, sys.modules["anthropic._structuring.compiled_fillers"]):
        monkeypatch.setattr(module, "compile_function", noted)
    FILLERS.pop(types.Usage, None)
    types.Usage.construct(input_tokens=1, output_tokens=2)
    assert made == []
    for _ in range(3):
        types.Usage(input_tokens=1, output_tokens=2)
    assert made == ["fill_Usage"]
