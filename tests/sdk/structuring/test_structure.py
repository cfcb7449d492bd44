"""Loose building, row by row: what a declared type makes of a value that the server sent."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timezone
from typing import Annotated, Any, Dict, Iterable, List, Literal, Mapping, Optional, Sequence, Union

import pytest

from anthropic import BaseModel, UnknownVariant
from anthropic._models import Discriminator
from anthropic._structuring.structure import structure, structurer
from anthropic.types import ContentBlock, Message, RawMessageStreamEvent, TextBlock, ToolUseBlock, Usage

from ..samples import MESSAGE, SAMPLES, TEXT_BLOCK, UNIONS, USAGE, load


class Sub(BaseModel):
    n: int = 7


class Level(BaseModel):
    level: int


class Named(BaseModel):
    name: str


class Everything(BaseModel):
    text: str
    integer: int
    fraction: float
    truth: bool
    kind: Literal["a", 1]
    anything: object
    sub: Sub
    subs: List[Sub]
    by_name: Dict[str, Sub]
    grid: List[List[Sub]]
    shelves: Dict[str, List[Sub]]
    fractions: List[float]
    moment: datetime
    day: date
    moments: Dict[str, datetime]
    fallback: int = 3
    sub_or_null: Optional[Sub] = None


SUB = Sub(n=1)
UTC = timezone.utc


@pytest.mark.parametrize(
    ("name", "value", "built"),
    [
        # scalars are never coerced
        ("text", 5, 5),
        ("text", ["x"], ["x"]),
        ("integer", "19", "19"),
        ("integer", 1.5, 1.5),
        ("truth", "true", "true"),
        ("kind", "other", "other"),
        ("anything", {"a": [1]}, {"a": [1]}),
        # float: an int without loss
        ("fraction", 3, 3.0),
        ("fraction", 10**400, 10**400),
        ("fraction", 2**53 + 1, 2**53 + 1),
        ("fraction", "3", "3"),
        ("fraction", True, True),
        ("fractions", [1, "x", 2.5], [1.0, "x", 2.5]),
        # models
        ("sub", {"n": 1}, SUB),
        ("sub", [{"n": 1}, 5, [{"n": 1}]], [SUB, 5, [{"n": 1}]]),
        ("sub", "x", "x"),
        ("sub_or_null", {"n": 1}, SUB),
        # lists and dicts
        ("subs", [{"n": 1}, "x", None], [SUB, "x", None]),
        ("subs", {"n": 1}, {"n": 1}),
        ("by_name", {"a": {"n": 1}, "b": 2}, {"a": SUB, "b": 2}),
        ("by_name", [{"n": 1}], [{"n": 1}]),
        ("grid", [[{"n": 1}], {"n": 1}, []], [[SUB], {"n": 1}, []]),
        ("shelves", {"a": [{"n": 1}]}, {"a": [SUB]}),
        # dates
        ("moment", "2024-05-06T07:08:09Z", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)),
        ("moment", "2024-05-06 07:08", datetime(2024, 5, 6, 7, 8)),
        ("moment", "2024-05-06", datetime(2024, 5, 6)),
        ("moment", 1_700_000_000, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("moment", 1_700_000_000_000, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("moment", "1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("moment", "soon", "soon"),
        ("moment", "2024-13-06T07:08:09Z", "2024-13-06T07:08:09Z"),
        ("moment", 10**30, 10**30),
        ("moment", float("nan"), None),
        ("moment", True, True),
        ("moments", {"a": "2024-05-06", "b": 0.5j}, {"a": datetime(2024, 5, 6), "b": 0.5j}),
        ("day", "2024-05-06", date(2024, 5, 6)),
        ("day", "2024-05-06T00:00:00", date(2024, 5, 6)),
        ("day", "2024-05-06T01:00:00", "2024-05-06T01:00:00"),
        ("day", 0, date(1970, 1, 1)),
        ("day", "x", "x"),
        # null
        ("text", None, None),
        ("sub", None, None),
        ("subs", None, None),
        ("fallback", None, 3),
        ("sub_or_null", None, None),
    ],
)
def test_each_row(name: str, value: Any, built: Any) -> None:
    model = Everything.construct(**{name: value})
    result = getattr(model, name)
    if value == value:  # NaN is only itself
        assert result == built and type(result) is type(built)
    assert model.model_fields_set == {name}


def test_missing_keys() -> None:
    model = Everything.construct()
    assert (model.text, model.sub, model.fallback) == (None, None, 3)
    assert model.model_fields_set == set() and model.to_dict() == {}


class TestTaggedUnions:
    @pytest.mark.parametrize(("name", "value"), [(name, value) for name in UNIONS for value in UNIONS[name][1]])
    def test_every_variant_round_trips(self, name: str, value: Dict[str, Any]) -> None:
        model = structure(value, load(name))
        assert isinstance(model, BaseModel) and type(model) is not UnknownVariant
        assert model.to_dict() == value

    @pytest.mark.parametrize("name", UNIONS)
    @pytest.mark.parametrize(
        "value", [{"type": "new", "x": {"y": [1]}}, {"no": "tag"}, {"type": None}, {"type": ["text"]}, {"type": 1}, {}]
    )
    def test_unknown_tags(self, name: str, value: Dict[str, Any]) -> None:
        model = structure(value, load(name))
        assert type(model) is UnknownVariant and model.to_dict() == value
        assert json.loads(model.to_json()) == value

    @pytest.mark.parametrize("value", ["x", 1, None, True, 1.5])
    def test_values_that_are_no_objects_are_kept(self, value: Any) -> None:
        assert structure(value, ContentBlock) is value

    def test_known_tags_are_built_loosely(self) -> None:
        block = structure({"type": "text", "text": ["not", "text"]}, ContentBlock)
        assert type(block) is TextBlock and block.text == ["not", "text"]

    def test_lists_of_objects(self) -> None:
        assert structure([TEXT_BLOCK, 1], ContentBlock) == [TextBlock(**TEXT_BLOCK), 1]

    def test_the_last_variant_of_a_tag_wins(self) -> None:
        class One(BaseModel):
            type: Literal["t"]

        class Two(BaseModel):
            type: Literal["t"]

        assert type(structure({"type": "t"}, Annotated[Union[One, Two], Discriminator("type")])) is Two


class TestUntaggedUnions:
    @pytest.mark.parametrize(
        ("type_", "value", "built"),
        [
            (Union[Level, Named], {"name": "x"}, Named(name="x")),
            (Union[Level, Named], {"level": "1"}, Level(level=1)),
            (Union[Level, Named], {"name": 3}, Level.construct(name=3)),
            (Union[Level, Named], "x", "x"),
            (Union[Level, Named], None, None),
            (Union[Level, Named], [{"level": 1}], [Level(level=1)]),
            (Union[str, Level], {"level": 1}, Level(level=1)),
            (Union[str, Level], {"level": "x"}, Level.construct(level="x")),
            (Union[str, Level], "x", "x"),
            (Union[int, str], "5", "5"),
            (Union[int, List[int]], f"{'1' * 4_000}_{'1' * 1_000}", f"{'1' * 4_000}_{'1' * 1_000}"),
            (Union[int, str], 5, 5),
            (Union[Level, Dict[str, int]], {"a": 1}, {"a": 1}),
            (Union[List[Level], List[Named]], [{"name": "x"}, {"name": "y"}], [Named(name="x"), Named(name="y")]),
            (
                Union[List[Level], List[Named]],
                [{"level": 1}, {"name": "x"}],
                [Level(level=1), Level.construct(name="x")],
            ),
            (Union[List[int], List[str]], ["a", "b"], ["a", "b"]),
            (Union[Literal[True], Literal["X"]], True, True),
            (Union[Literal[True], Literal["X"]], "X", "X"),
            (Union[datetime, str], "2024-01-01", "2024-01-01"),
            (Union[datetime, date], "2024-01-01", date(2024, 1, 1)),
            (Union[datetime, date], "2024-01-01T00:00:00", datetime(2024, 1, 1)),
            (Optional[Level], {"level": "1"}, Level.construct(level="1")),
        ],
    )
    def test_the_variant_that_fits(self, type_: Any, value: Any, built: Any) -> None:
        result = structure(value, type_)
        assert result == built and type(result) is type(built)

    def test_the_variant_with_more_known_fields_wins(self) -> None:
        class Small(BaseModel):
            a: int

        class Large(BaseModel):
            a: int
            b: int

        assert type(structure({"a": 1, "b": 2}, Union[Small, Large])) is Large
        assert type(structure({"a": 1}, Union[Small, Large])) is Small


class TestCastTo:
    @pytest.mark.parametrize(
        ("type_", "value", "built"),
        [
            (Usage, USAGE, Usage(**USAGE)),
            (List[Usage], [USAGE], [Usage(**USAGE)]),
            (Sequence[Usage], [USAGE], [Usage(**USAGE)]),
            (Iterable[Usage], [USAGE], [Usage(**USAGE)]),
            (Dict[str, Usage], {"a": USAGE}, {"a": Usage(**USAGE)}),
            (Mapping[str, Usage], {"a": USAGE}, {"a": Usage(**USAGE)}),
            (Dict[str, object], {"a": USAGE}, {"a": USAGE}),
            (Optional[List[Usage]], None, None),
            (Annotated[Usage, "note"], USAGE, Usage(**USAGE)),
            (object, USAGE, USAGE),
            (str, "x", "x"),
            (int, "5", "5"),
            (dict, USAGE, USAGE),
            (BaseModel, USAGE, BaseModel(**USAGE)),
            (datetime, "2024-01-01", datetime(2024, 1, 1)),
            (Annotated[Usage, []], USAGE, Usage(**USAGE)),
        ],
    )
    def test_types(self, type_: Any, value: Any, built: Any) -> None:
        assert structure(value, type_) == built
        hook, hooks = structurer(type_)
        assert hook(value, hooks) == built

    def test_what_is_returned_is_not_shared_with_the_next_call(self) -> None:
        data = {"a": [1]}
        structure(data, Dict[str, List[int]])["a"].append(2)
        assert data == {"a": [1]}


class TestStrict:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_sample_is_valid(self, name: str) -> None:
        value = SAMPLES[name][1]
        assert structure(value, load(name), strict=True) == load(name).construct(**value)

    @pytest.mark.parametrize("name", UNIONS)
    def test_every_union_is_valid(self, name: str) -> None:
        assert structure(UNIONS[name][1], List[load(name)], strict=True) == structure(UNIONS[name][1], List[load(name)])  # type: ignore[misc]

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"id": None}, "id: expected a string, got null"),
            ({"content": {}}, "content: expected an array, got an object"),
            ({"content": [TEXT_BLOCK, {"type": "text"}]}, "content[1].text: is missing"),
            ({"content": [{"type": "new"}]}, "content[0].type: expected 'text' or 'tool_use'"),
            ({"content": [{}]}, "content[0].type: is missing"),
            ({"content": ["x"]}, "content[0]: expected an object, got a string"),
            ({"role": "user"}, "role: expected 'assistant', got the string 'user'"),
            (
                {"usage": {"input_tokens": 1.5, "output_tokens": 1}},
                "usage.input_tokens: expected an integer, got a number",
            ),
            ({"stop_reason": "bored"}, "stop_reason: expected 'end_turn' or 'max_tokens' or"),
            ({"usage": []}, "usage: expected an object, got an array"),
        ],
    )
    def test_errors_name_the_path(self, change: Dict[str, Any], problem: str) -> None:
        with pytest.raises(ValueError) as caught:
            structure({**MESSAGE, **change}, Message, strict=True)
        assert f"  {problem}" in str(caught.value)
        assert str(caught.value).startswith("1 validation error for Message")

    @pytest.mark.parametrize(
        ("type_", "value", "result"),
        [
            (int, "12", 12),
            (int, " 12.0 ", 12),
            (int, 3.0, 3),
            (int, True, 1),
            (float, "1.5", 1.5),
            (float, 2, 2.0),
            (bool, "yes", True),
            (bool, 0, False),
            (datetime, "2024-01-01T00:00:00Z", datetime(2024, 1, 1, tzinfo=UTC)),
            (date, "2024-01-01", date(2024, 1, 1)),
            (List[int], ("1", 2), [1, 2]),
            (Dict[str, float], {"a": 1}, {"a": 1.0}),
            (Optional[int], None, None),
            (Union[int, None, str], None, None),
            (bytes, "é", "é".encode()),
            (Any, object, object),
        ],
    )
    def test_lax_conversions(self, type_: Any, value: Any, result: Any) -> None:
        checked = structure(value, type_, strict=True)
        assert checked == result and type(checked) is type(result)

    @pytest.mark.parametrize(
        ("type_", "value", "problem"),
        [
            (int, "1.5", "expected an integer, got the string '1.5'"),
            (int, None, "expected an integer, got null"),
            (str, 1, "expected a string, got an integer"),
            (bool, 2, "expected a boolean, got an integer"),
            (float, "x", "expected a number, got the string 'x'"),
            (datetime, "soon", "expected a date and time, got the string 'soon'"),
            (date, [], "expected a date, got an array"),
            (Dict[str, int], {"a b": "x"}, "['a b']: expected an integer, got the string 'x'"),
            (List[List[int]], [[1], [2, "x"]], "[1][1]: expected an integer, got the string 'x'"),
            (Union[Level, Named], {"x": 1}, "an object fits none of Level or Named"),
            (Literal[1], True, "expected 1, got a boolean"),
            (int, "1" * 10_000, "expected an integer, got a string"),
            (int, f"{'1' * 4_000}_{'1' * 1_000}", "expected an integer, got a string"),
        ],
    )
    def test_refusals(self, type_: Any, value: Any, problem: str) -> None:
        with pytest.raises(ValueError) as caught:
            structure(value, type_, strict=True)
        assert problem in str(caught.value)

    def test_extras_are_allowed(self) -> None:
        assert structure({**USAGE, "more": 1}, Usage, strict=True).more == 1


class Chain(BaseModel):
    n: int
    next: Optional[Chain] = None
    any_of: Optional[Union[Level, Chain]] = None


def nested(depth: int, key: str) -> Dict[str, Any]:
    value: Dict[str, Any] = {"n": 0}
    for _ in range(depth):
        value = {"n": 1, key: value}
    return value


class TestDepth:
    @pytest.mark.parametrize("key", ["next", "any_of"])
    @pytest.mark.parametrize("depth", [10, 5_000, 50_000])
    def test_deep_data_is_kept(self, key: str, depth: int) -> None:
        chain = structure(nested(depth, key), Chain)
        assert type(chain) is Chain and chain.n == 1
        assert type(Chain.construct(**nested(depth, key))) is Chain

    def test_strict_mode_refuses(self) -> None:
        with pytest.raises(ValueError, match="nested too deeply"):
            structure(nested(50_000, "next"), Chain, strict=True)
        with pytest.raises(ValueError, match="nested too deeply"):
            Chain.model_validate(nested(50_000, "next"))
        with pytest.raises(ValueError, match="nested too deeply"):
            Chain(**nested(50_000, "next"))

    def test_deep_plain_values(self) -> None:
        value: Any = []
        for _ in range(100_000):
            value = [value]
        block = ToolUseBlock.construct(input=value)
        assert block.input is value
        with pytest.raises(RecursionError):
            block.to_json()
        assert sys.getrecursionlimit() < 100_000


@pytest.mark.parametrize("type_", [Message, ContentBlock, RawMessageStreamEvent, List[Message], Dict[str, Message]])
@pytest.mark.parametrize("value", [None, 1, "x", [], [[]], {}, {"type": {}}, {"content": 1}, {"": None}])
def test_lenient_mode_never_raises(type_: Any, value: Any) -> None:
    structure(value, type_)


def test_types_are_named_without_their_modules() -> None:
    with pytest.raises(ValueError) as caught:
        structure({"a": 1}, Union[List[Level], Dict[str, Union[Named, str]]], strict=True)
    assert "an object fits none of List[Level] or Dict[str, Union[Named, str]]" in str(caught.value)
