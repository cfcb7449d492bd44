"""Functions that are written out for a class do what the loops over its fields do, with orjson and without."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Literal, Optional, Union

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anthropic import BaseModel
from anthropic._models import field
from anthropic._responses.json import loads
from anthropic._structuring.compiled_fillers import make_filler
from anthropic._structuring.dump_options import Options, dump_loop, dump_with, hooks_for
from anthropic._structuring.fast_json import decoder
from anthropic._structuring.json_strings import quoted
from anthropic._structuring.json_writers import JSONWriters
from anthropic._structuring.strict import fill_validated
from anthropic._structuring.structure import FILLERS, UNFIT, structure
from anthropic._structuring.unstructure import json_text

from ..sdk.samples import load
from .test_models import any_json, models, shape


class Odd(BaseModel):
    """Fields of all kinds: other names on the wire, defaults of all kinds, unions."""

    first: Optional[float] = None
    class_: str = field(wire_name="class")
    nothing: Optional[str]
    tags: List[str] = field(default_factory=list)
    by_name: Dict[str, Odd] = {}
    kind: Literal["a", 'b"{}'] = "a"
    either: Union[str, List[int], Odd, None] = None
    anything: object
    open: Union[str, Literal["known"]] = field(default="known", wire_name='o{}"\\n')
    number: Union[int, float, bool] = 1


class NoFields(BaseModel):
    """Nothing is declared."""


floats = st.floats() | st.sampled_from([1e16, 1e-5, 1e22, float("nan"), float("inf"), -0.0])
texts = st.text(st.characters(codec=None, categories=None), max_size=6)
long_texts = st.builds(lambda text, count: text * count, texts, st.integers(1, 900))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | floats | texts | long_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | st.integers(), inner, max_size=3),
    max_leaves=8,
)
odd_data = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("first", "class", "class_", "nothing", "kind", 'o{}"\\n', "anything", "extra"), values),
        "tags": st.lists(texts) | values,
        "either": st.lists(st.integers() | values) | values,
        "number": st.integers() | floats | st.booleans() | values,
    },
)
odds = st.recursive(
    odd_data, lambda inner: st.builds(lambda a, b: {**a, "either": b, "by_name": {"x": b}}, inner, inner)
)
instances = (
    odds.map(lambda data: structure(data, Odd))
    | st.dictionaries(texts, values, max_size=3).map(lambda data: structure(data, NoFields))
    | models.map(lambda case: structure(case[1], load(case[0])))
)


@pytest.mark.parametrize("by_alias", [True, False])
@pytest.mark.parametrize("exclude_unset", [True, False])
@given(instances)
def test_dumps(by_alias: bool, exclude_unset: bool, model: Any) -> None:
    for mode in ("json", "python"):
        options = Options(mode == "json", by_alias, exclude_unset, False, False)
        written_out = dump_with(model, mode=mode, by_alias=by_alias, exclude_unset=exclude_unset)
        looped = dump_loop(options)(model, hooks_for(options))
        assert repr(shape(written_out)) == repr(shape(looped))


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("with_orjson", [True, False])
@given(instances, st.booleans(), st.booleans())
def test_json_texts(indent: Optional[int], with_orjson: bool, model: Any, by_alias: bool, exclude_unset: bool) -> None:
    writers = JSONWriters(indent, by_alias, exclude_unset)
    if with_orjson and indent != 0:
        pytest.importorskip("orjson")
        writers._look_for_encoder()
        assert writers.encoder
    try:
        written_out = writers.write(model)
    except Exception as error:
        written_out = type(error).__name__
    plain = dump_with(model, mode="json", by_alias=by_alias, exclude_unset=exclude_unset)
    assert written_out in (None, json_text(plain, indent))


@given(odds)
def test_constructors(data: Any) -> None:
    assert made(Odd, data, make_filler(Odd, FILLERS)) in ("unfit", made(Odd, data, fill_validated))


@given(models)
def test_constructors_of_responses(case: Any) -> None:
    cls = load(case[0])
    assert made(cls, case[1], make_filler(cls, FILLERS)) in ("unfit", made(cls, case[1], fill_validated))


def made(cls: Any, data: Dict[str, Any], fill: Any) -> str:
    """What a constructor makes of data, or says about it."""
    model = cls.__new__(cls)
    try:
        fill(model, data)
    except UNFIT:
        return "unfit"
    except ValueError as error:
        return str(error)
    return repr(shape(model))


@given(texts | long_texts)
def test_strings(text: str) -> None:
    assert quoted(text) == json.dumps(text, ensure_ascii=False)


MUTATIONS = st.lists(st.tuples(st.integers(0, 500), st.binary(max_size=3)), max_size=2)


@given(any_json | values, MUTATIONS, st.booleans())
def test_whatever_msgspec_reads_the_standard_library_reads_as_the_same(value: Any, mutations: Any, ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    for place, replacement in mutations:
        place %= len(text)
        text = text[:place] + replacement + text[place + 1 :]
    decode = decoder()
    assert decode is not None
    try:
        decoded = decode(text)
    except Exception:
        return
    assert repr(decoded) == repr(json.loads(text))


@given(any_json, MUTATIONS)
def test_long_texts_are_read_alike(value: Any, mutations: Any) -> None:
    text = json.dumps(value).encode() + b" " * 3000
    for place, replacement in mutations:
        text = text[:place] + replacement + text[place + 1 :]
    outcomes: List[str] = []
    for read in (loads, json.loads):
        try:
            outcomes.append(repr(read(text)))
        except ValueError as error:
            outcomes.append(f"{type(error)} {error}")
    assert outcomes[0] == outcomes[1]
