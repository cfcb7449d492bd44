"""Models as Python objects: attrs, pickling, copying, weak references, threads, imports."""

from __future__ import annotations

import copy
import gc
import pickle
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Optional

import attrs
import cattrs
import pytest

from anthropic import BaseModel, UnknownVariant
from anthropic._structuring.structure import structure
from anthropic._structuring.validation_error import ValidationError
from anthropic.types import ContentBlock, Message, TextBlock, Usage

from ..samples import MESSAGE, SAMPLES, USAGE, load


class TestAttrs:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_type_is_an_attrs_class(self, name: str) -> None:
        cls = load(name)
        assert attrs.has(cls)
        assert [attribute.name for attribute in attrs.fields(cls)] == list(cls.model_fields)
        assert all(attribute.kw_only for attribute in attrs.fields(cls))

    def test_evolve(self) -> None:
        usage = Usage(**USAGE)
        changed = attrs.evolve(usage, input_tokens=9)
        assert (changed.input_tokens, usage.input_tokens, type(changed)) == (9, 3, Usage)

    def test_asdict(self) -> None:
        found = attrs.asdict(Message(**MESSAGE), filter=lambda attribute, value: value is not None)
        assert found == {name: value for name, value in MESSAGE.items() if value is not None}

    def test_subclasses_are_their_own_attrs_classes(self) -> None:
        class Priced(Usage):
            price: float = 0.0

        names = list(Usage.model_fields)
        assert [attribute.name for attribute in attrs.fields(Priced)] == [*names, "price"]
        assert [attribute.name for attribute in attrs.fields(Usage)] == names
        assert attrs.fields(Priced).price.default == 0.0

    def test_types_resolve(self) -> None:
        attrs.resolve_types(Message)
        assert attrs.fields(Message).usage.type is Usage

    def test_being_an_attrs_class_changes_nothing(self) -> None:
        assert attrs.has(TextBlock)
        block = TextBlock.construct(text="a", more=1)
        assert block.to_dict() == {"text": "a", "more": 1} and TextBlock.__dictoffset__ == 0
        with pytest.raises(TypeError):
            hash(block)

    def test_a_plain_cattrs_converter_knows_them(self) -> None:
        assert (
            cattrs.unstructure(Usage(**USAGE)) == attrs.asdict(Usage(**USAGE)) == {**dict(Usage.construct()), **USAGE}
        )
        assert cattrs.structure(USAGE, Usage) == Usage(**USAGE)


class TestCopies:
    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_pickles(self, protocol: int) -> None:
        message = Message.construct(**MESSAGE, more={"a": 1})
        message.content.append(structure({"type": "new", "x": [1]}, ContentBlock))
        message._request_id = "req_1"
        again = pickle.loads(pickle.dumps(message, protocol))
        assert again == message and again.to_dict() == message.to_dict()
        assert again.model_fields_set == message.model_fields_set and again._request_id == "req_1"

    def test_unset_fields_stay_unset(self) -> None:
        for again in (
            copy.copy(Usage.construct()),
            copy.deepcopy(Usage.construct()),
            pickle.loads(pickle.dumps(Usage.construct())),
        ):
            assert again.model_fields_set == set()

    def test_copies_do_not_share_extras(self) -> None:
        usage: Any = Usage.construct(**USAGE, more=[1])
        shallow, deep = copy.copy(usage), copy.deepcopy(usage)
        shallow.model_extra["x"] = 1
        assert usage.model_extra == {"more": [1]}
        assert shallow.more is usage.more and deep.more is not usage.more

    def test_deepcopy_keeps_identities(self) -> None:
        usage = Usage.construct(**USAGE)
        pair: Any = Message.construct(usage=usage, other=usage)
        twin = copy.deepcopy(pair)
        assert twin.usage is twin.other

    def test_a_model_may_hold_itself(self) -> None:
        usage: Any = Usage.construct(**USAGE)
        usage.me = [usage]
        for again in (copy.deepcopy(usage), pickle.loads(pickle.dumps(usage))):
            assert again.me[0] is again and again is not usage

    def test_replace(self) -> None:
        replaced = Usage(**USAGE).__replace__(input_tokens=1)
        assert replaced.to_dict() == {**USAGE, "input_tokens": 1}
        if sys.version_info >= (3, 13):
            assert copy.replace(Usage(**USAGE), input_tokens=1) == replaced

    def test_replace_leaves_open_what_was_not_given(self) -> None:
        class Point(BaseModel):
            x: int
            y: Optional[int] = None

        assert attrs.has(Point) and len(attrs.fields(Point)) == 2  # from here on it is a class of attrs, too
        assert Point(x=1).__replace__(x=2).to_dict() == {"x": 2}

    def test_errors_pickle(self) -> None:
        with pytest.raises(ValidationError) as caught:
            Message(id=1)  # type: ignore[call-arg, arg-type]
        again = pickle.loads(pickle.dumps(caught.value))
        assert str(again) == str(caught.value) and again.errors() == caught.value.errors()
        required = [field for field in attrs.fields(Message) if field.default is attrs.NOTHING]
        assert again.path == "id" and again.error_count() == len(required)


def test_weak_references() -> None:
    usage = Usage.construct(**USAGE)
    reference = weakref.ref(usage)
    assert reference() is usage
    del usage
    gc.collect()
    assert reference() is None


def test_classes_made_in_functions_are_let_go() -> None:
    def work() -> Any:
        class Local(Usage):
            more: Usage

        local = Local.construct(**USAGE, more=USAGE)
        assert Local.model_validate(local.to_dict()) == copy.deepcopy(local)
        assert structure(local.to_dict(mode="json"), Local).model_dump() and local.to_json()
        return weakref.ref(Local)

    reference = work()
    gc.collect()
    assert reference() is None


def test_unknown_variants_are_public() -> None:
    block = structure({"type": "unheard_of", "text": "…"}, ContentBlock)
    assert type(block) is UnknownVariant and (block.type, block.text) == ("unheard_of", "…")
    assert block.to_dict() == {"type": "unheard_of", "text": "…"}


FIRST_USE_IN_THREADS = """
import threading, sys
sys.setswitchinterval(1e-6)
import anthropic.types as types
barrier, failures = threading.Barrier(16), []
def work():
    barrier.wait()
    try:
        event = types.RawMessageStartEvent.construct(
            type="message_start", message={"content": [{"type": "text", "text": "a"}], "usage": {"input_tokens": 1}})
        assert type(event.message.content[0]) is types.TextBlock
        assert event.to_dict()["message"]["usage"] == {"input_tokens": 1}
        import attrs
        assert len(attrs.fields(types.Message)) == len(types.Message.model_fields)
        from anthropic._converter import converter
        assert converter.structure({"input_tokens": 1}, types.Usage).input_tokens == 1
    except BaseException as error:
        failures.append(repr(error))
threads = [threading.Thread(target=work) for _ in range(16)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
assert not failures, failures
"""


def test_first_use_in_many_threads() -> None:
    subprocess.run([sys.executable, "-c", FIRST_USE_IN_THREADS], check=True)


def test_attrs_class_is_made_once() -> None:
    class Local(Usage):
        more: int = 0

    barrier = threading.Barrier(8)

    def fields(_: int) -> Any:
        barrier.wait()
        return attrs.fields(Local)

    with ThreadPoolExecutor(8) as pool:
        assert len({id(made) for made in pool.map(fields, range(8))}) == 1


def test_models_load_neither_attrs_nor_cattrs() -> None:
    code = (
        "import sys, anthropic.types as t\n"
        "t.Message.construct(content=[{'type': 'text', 'text': 'a'}]).to_json()\n"
        "loaded = {'attr', 'attrs', 'cattr', 'cattrs', 'httpx', 'pydantic', 'anyio'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
