"""Any JSON for any response type."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anthropic import BaseModel
from anthropic._request.json import encode_json
from anthropic._structuring.structure import LENIENT, generated_hook, structure
from anthropic._structuring.unstructure import JSON, PYTHON, default_dump, dump

from ..sdk.samples import SAMPLES, UNIONS, load

KEYS = sorted({key for _, sample in SAMPLES.values() for key in sample} | {"input", "x", "to_dict", "_odd", ""})
TAGS = sorted({value["type"] for _, values in UNIONS.values() for value in values} | {"message", "new"})

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None, categories=None), max_size=8)
    | st.sampled_from(TAGS)
)


def _containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(KEYS) | st.text(max_size=4)
    tagged = st.builds(lambda tag, rest: {**rest, "type": tag}, st.sampled_from(TAGS), st.dictionaries(keys, inner))
    return st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6) | tagged


any_json = st.recursive(scalars, _containers, max_leaves=25)


def _mutated(sample: Any) -> st.SearchStrategy[Any]:
    """The sample with some of its values replaced, removed or added, at any depth."""
    if isinstance(sample, dict):
        entries = {key: _mutated(value) for key, value in sample.items()}
        return st.fixed_dictionaries({}, optional=entries) | st.builds(
            lambda base, more: {**base, **more},
            st.fixed_dictionaries(entries),
            st.dictionaries(st.sampled_from(KEYS), scalars, max_size=2),
        )
    if isinstance(sample, list):
        return st.lists(st.one_of([_mutated(item) for item in sample]) | scalars, max_size=3)
    return st.just(sample) | scalars


def values_for(name: str) -> st.SearchStrategy[Any]:
    samples = [SAMPLES[name][1]] if name in SAMPLES else UNIONS[name][1]
    return any_json | st.one_of([_mutated(sample) for sample in samples])


everything = st.sampled_from([*SAMPLES, *UNIONS]).flatmap(lambda name: st.tuples(st.just(name), values_for(name)))
models = st.sampled_from(list(SAMPLES)).flatmap(
    lambda name: st.tuples(st.just(name), values_for(name).filter(lambda value: isinstance(value, dict)))
)


def plain(value: Any) -> Any:
    """What a structured value writes back."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return BaseModel.to_dict(value) if isinstance(value, BaseModel) else value


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same types: `1`, `1.0` and `True` are different JSON."""
    return bool(one == other) and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@given(everything)
def test_structuring_never_raises_and_writes_back_what_came_in(case: tuple[str, Any]) -> None:
    name, value = case
    before = copy.deepcopy(value)
    built = structure(value, load(name))
    assert same(plain(built), before)
    assert same(value, before), "the input was changed"


@given(models)
def test_generated_and_annotation_driven_hooks_agree(case: tuple[str, Any]) -> None:
    cls = load(case[0])
    generated = generated_hook(cls)
    assert generated is not None
    by_fields = LENIENT.structure_fields(cls, case[1])
    assert shape(generated(case[1], LENIENT)) == shape(by_fields)
    for dumps in (PYTHON, JSON):
        assert same(default_dump(cls)(by_fields, dumps), dump(by_fields, dumps))


@given(st.sampled_from(list(UNIONS)).flatmap(lambda name: st.tuples(st.just(name), values_for(name))))
def test_generated_and_annotation_driven_unions_agree(case: tuple[str, Any]) -> None:
    union = load(case[0])
    assert shape(LENIENT.compile(union)(case[1], LENIENT)) == shape(structure(case[1], union))


def shape(value: Any) -> Any:
    """Types, set fields and values, all the way down."""
    if isinstance(value, BaseModel):
        fields = {name: shape(getattr(value, name)) for name in sorted(value.model_fields_set)}
        return type(value), fields, shape(dict(value.model_extra))
    if isinstance(value, list):
        return [shape(item) for item in value]
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return type(value), value


@given(models)
def test_json_texts_are_json(case: tuple[str, Any]) -> None:
    model = structure(case[1], load(case[0]))
    for text in (BaseModel.to_json(model), BaseModel.to_json(model, indent=None)):
        assert text.encode() and same(json.loads(text), case[1])
    assert same(json.loads(encode_json({"body": model})), {"body": case[1]})
    assert BaseModel.model_dump_json(model).encode()
    assert json.loads(BaseModel.model_dump_json(model, exclude_unset=True, by_alias=True)) == case[1]


@given(models)
def test_copies_are_equal(case: tuple[str, Any]) -> None:
    model = structure(case[1], load(case[0]))
    for again in (pickle.loads(pickle.dumps(model)), copy.copy(model), copy.deepcopy(model)):
        assert again == model and again.model_fields_set == model.model_fields_set
        assert same(BaseModel.to_dict(again), case[1])
    assert repr(model) == repr(copy.deepcopy(model))


@given(models)
def test_strict_mode_raises_value_errors_only(case: tuple[str, Any]) -> None:
    try:
        built = structure(case[1], load(case[0]), strict=True)
    except ValueError as error:
        assert pickle.loads(pickle.dumps(error)).args == error.args
    else:
        assert type(built) is load(case[0])


@pytest.mark.parametrize("name", SAMPLES)
def test_there_is_a_generated_hook_for_every_type(name: str) -> None:
    assert generated_hook(load(name)) is not None
    assert LENIENT[load(name)] is generated_hook(load(name))
