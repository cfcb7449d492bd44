"""Classes of users: annotations only, wherever they stand."""

from __future__ import annotations

import sys
import typing
from datetime import date, datetime, timezone
from typing import Annotated, Any, ClassVar, Dict, Generic, List, Literal, Optional, TypeVar, Union

import pytest

from anthropic import BaseModel
from anthropic._models import Discriminator
from anthropic._structuring.structure import structure
from anthropic.types import Message, RawMessageStopEvent, TextBlock, Usage

from ..samples import MESSAGE, USAGE

T = TypeVar("T")


class Tree(BaseModel):
    value: int
    children: List[Tree] = []
    parent: Optional[Tree] = None


class MessageStop(RawMessageStopEvent):
    message: Message


class Narrow(Message):
    content: List[TextBlock]  # type: ignore[assignment]
    score: float = 0.5


class Page(BaseModel, Generic[T]):
    items: List[T]
    next: Optional[str] = None


class WithMethods(BaseModel):
    first: str
    registry: ClassVar[Dict[str, int]] = {}
    _private: int = 7
    last: str = "Z"

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @classmethod
    def named(cls, name: str) -> WithMethods:
        return cls(first=name)


def test_recursive_models() -> None:
    data = {"value": 1, "children": [{"value": 2, "children": [{"value": 3}]}], "parent": {"value": 0}}
    tree = Tree.construct(**data)
    assert tree.children[0].children[0].value == 3 and tree.parent == Tree(value=0)
    assert tree.to_dict() == data and Tree(**data) == tree


def test_inheritance_keeps_the_order_and_adds_fields() -> None:
    stop = MessageStop.construct(type="message_stop", message=MESSAGE)
    assert list(MessageStop.model_fields) == ["type", "message"]
    assert type(stop.message) is Message and stop.to_dict() == {"type": "message_stop", "message": MESSAGE}
    assert isinstance(stop, RawMessageStopEvent)


def test_fields_can_be_overridden() -> None:
    narrow = Narrow.construct(**{**MESSAGE, "content": [{"type": "tool_use", "text": "x"}], "score": 1})
    assert type(narrow.content[0]) is TextBlock and narrow.score == 1.0
    assert list(Narrow.model_fields) == [*Message.model_fields, "score"]
    assert Narrow.__dictoffset__ == 0


def test_a_default_alone_can_be_overridden() -> None:
    class Louder(WithMethods):
        last = "A"

    assert Louder(first="x").full == "x A" and WithMethods(first="x").full == "x Z"


def test_methods_properties_and_class_variables() -> None:
    model = WithMethods.named("Ann")
    assert model.full == "Ann Z" and list(WithMethods.model_fields) == ["first", "last"]
    assert WithMethods.registry is model.registry
    assert model._private == 7
    model._private = 8
    assert (model._private, WithMethods.named("x")._private, model.to_dict()) == (8, 7, {"first": "Ann"})


def test_classes_inside_functions() -> None:
    class Part(BaseModel):
        n: int

    class Whole(BaseModel):
        parts: List[Part]
        by_name: Dict[str, Part]
        again: Optional[Whole] = None
        when: Optional[datetime] = None
        kind: Literal["a", "b"] = "a"

    data: Dict[str, Any] = {
        "parts": [{"n": 1}],
        "by_name": {"x": {"n": 2}},
        "again": {"parts": []},
        "when": "2024-01-02",
    }
    whole = Whole.construct(**data)
    assert whole.parts == [Part(n=1)] and whole.by_name == {"x": Part(n=2)} and whole.when == datetime(2024, 1, 2)
    assert type(whole.again) is Whole
    with pytest.raises(ValueError, match=r"parts\[1\].n: is missing"):
        Whole(parts=[{"n": 1}, {}], by_name={})  # type: ignore[list-item]


def test_names_of_outer_functions_are_found() -> None:
    class Outer(BaseModel):
        n: int

    def inner() -> Any:
        class Holder(BaseModel):
            held: Outer

        return Holder

    assert Outer(n=1) == Outer.construct(n=1)
    assert type(inner().construct(held={"n": 1}).held) in (Outer, dict)


def test_nested_classes() -> None:
    class Outer(BaseModel):
        class Inner(BaseModel):
            n: int

        inner: Inner

    assert type(Outer.construct(inner={"n": 1}).inner) is Outer.Inner


def test_annotations_that_are_no_strings() -> None:
    namespace: Dict[str, Any] = {}
    source = (
        "from typing import *\nfrom anthropic import BaseModel\n"
        "class A(BaseModel):\n    n: int\n    l: list[int] = []\n"
        "class B(BaseModel):\n    a: A\n    u: 'A | None' = None\n    m: Optional['B'] = None\n"
    )
    exec(source, {"__name__": "made_up"}, namespace)
    built = namespace["B"].construct(a={"n": 1}, m={"a": {"n": 2}})
    assert type(built.a) is namespace["A"]


def test_unknown_names_are_kept_leniently_and_named_strictly() -> None:
    class Broken(BaseModel):
        fine: int
        maybe: Optional[NeitherDoesThis] = None  # type: ignore[name-defined]  # noqa: F821
        other: DoesNotExist  # type: ignore[name-defined]  # noqa: F821

    assert Broken.construct(fine=1, other={"a": 1}).other == {"a": 1}
    assert Broken.construct(maybe=1).maybe == 1
    with pytest.raises(TypeError, match="'DoesNotExist'"):
        Broken(fine=1, other=2)


def test_names_that_appear_later_are_found() -> None:
    module = type(sys)("late_names")
    sys.modules["late_names"] = module
    try:
        exec("from anthropic import BaseModel\nclass A(BaseModel):\n    b: 'B'\n", module.__dict__)
        assert module.A.construct(b={"n": 1}).b == {"n": 1}
        exec("class B(BaseModel):\n    n: int\n", module.__dict__)
        assert module.A.construct(b={"n": 1}).b == module.B(n=1)
    finally:
        del sys.modules["late_names"]


def test_generic_models_take_anything_for_their_variables() -> None:
    page = structure({"items": [USAGE], "next": None}, Page[Usage])
    assert type(page) is Page and page.to_dict() == {"items": [USAGE], "next": None}


def test_type_hints_resolve() -> None:
    hints = typing.get_type_hints(Message)
    assert hints["usage"] is Usage and hints["stop_sequence"] == Optional[str]


def test_tagged_unions_of_users() -> None:
    class Cat(BaseModel):
        kind: Literal["cat", "lion"]

    class Dog(BaseModel):
        kind: Literal["dog"]

    class Zoo(BaseModel):
        animals: List[Annotated[Union[Cat, Dog], Discriminator("kind")]]
        named: Annotated[Union[Cat, Dog], Discriminator("species", {"c": "Cat", "d": "Dog"})]

    zoo = Zoo.construct(animals=[{"kind": "lion"}, {"kind": "dog"}, {"kind": "bee"}], named={"species": "d"})
    assert [type(animal).__name__ for animal in zoo.animals] == ["Cat", "Dog", "UnknownVariant"]
    assert type(zoo.named) is Dog


def test_dates() -> None:
    class Event(BaseModel):
        at: datetime
        day: date

    event = Event.construct(at="2024-05-06T07:08:09.5+02:00", day="2024-05-06")
    assert event.at.utcoffset() is not None and event.day == date(2024, 5, 6)
    assert event.to_json(indent=None) == '{"at":"2024-05-06T07:08:09.500000+02:00","day":"2024-05-06"}'
    assert Event(at=0, day=datetime(2024, 1, 1)).at == datetime(1970, 1, 1, tzinfo=timezone.utc)  # type: ignore[arg-type]
