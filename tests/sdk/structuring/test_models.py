"""`BaseModel` as users meet it: building, reading, changing, comparing, dumping."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, timezone
from typing import Any, Dict, List, Literal, Optional

import pytest

from anthropic import BaseModel
from anthropic._models import field, set_request_id
from anthropic.types import Message, RawContentBlockStopEvent, TextBlock, ToolUseBlock, Usage

from ..samples import MESSAGE, SAMPLES, USAGE, load

INPUT, OUTPUT = (
    {name: value for name, value in USAGE.items() if name != left} for left in ("output_tokens", "input_tokens")
)


class Holder(BaseModel):
    name: str
    tags: List[str] = ["a"]
    size: int = 3
    when: Optional[datetime] = None
    day: Optional[date] = None
    anything: object = None
    usage: Optional[Usage] = None


class Pair(BaseModel):
    one: int
    two: int


class Renamed(BaseModel):
    class_: str = field(wire_name="class")
    from_: Optional[int] = field(default=None, wire_name="from")
    plain: int = 1


class Awkward(BaseModel):
    """Names that a careless implementation trips over."""

    self: int
    cls: int
    type: str
    model_config: str
    copy: str
    json: str
    dict: str
    to_dict: str
    model_dump: int
    model_fields: int
    construct: int
    keys: int
    fields: int
    data: int
    model: int
    hooks: int
    values: int


AWKWARD = {
    **dict.fromkeys(("self", "cls", "model_dump", "model_fields", "construct", "keys", "fields", "data", "model"), 1),
    **dict.fromkeys(("hooks", "values"), 2),
    **dict.fromkeys(("type", "model_config", "copy", "json", "dict", "to_dict"), "x"),
}


class TestConstructor:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_type_takes_its_fields_as_keywords(self, name: str) -> None:
        model = load(name)(**SAMPLES[name][1])
        assert model.to_dict() == SAMPLES[name][1]
        assert model == load(name).construct(**SAMPLES[name][1])

    def test_nested_objects_become_models(self) -> None:
        message = Message(**MESSAGE)
        assert [type(block) for block in message.content] == [TextBlock, ToolUseBlock]
        assert type(message.usage) is Usage

    def test_models_may_be_passed_and_are_kept(self) -> None:
        usage = Usage(**USAGE)
        assert Holder(name="x", usage=usage).usage is usage

    def test_missing_and_wrong_values_are_named_with_their_path(self) -> None:
        with pytest.raises(ValueError) as caught:
            Message(**{**MESSAGE, "content": [{"type": "text", "text": 3}], "usage": {**INPUT, "input_tokens": "many"}})
        assert str(caught.value) == (
            "3 validation errors for Message\n"
            "  content[0].text: expected a string, got an integer\n"
            "  usage.input_tokens: expected an integer, got the string 'many'\n"
            "  usage.output_tokens: is missing"
        )

    def test_unknown_keywords_are_extras(self) -> None:
        usage = Usage(**USAGE, unheard_of="gold")
        assert usage.model_extra == {"unheard_of": "gold"}

    def test_defaults_are_not_shared(self) -> None:
        first, second = Holder(name="1"), Holder(name="2")
        first.tags.append("b")
        assert (first.tags, second.tags, Holder(name="3").tags) == (["a", "b"], ["a"], ["a"])

    def test_positional_arguments_are_refused(self) -> None:
        with pytest.raises(TypeError):
            Usage(1, 2)  # type: ignore[misc]

    def test_any_field_name(self) -> None:
        for model in (Awkward(**AWKWARD), Awkward.__class__.__call__(Awkward, **AWKWARD)):
            assert dict(BaseModel.to_dict(model)) == AWKWARD
        assert (Awkward(**AWKWARD).self, Awkward(**AWKWARD).to_dict) == (1, "x")
        assert repr(Awkward(**AWKWARD)).startswith("Awkward(self=1, cls=1, type='x', model_config='x', copy='x'")


class TestConstruct:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_type_round_trips(self, name: str) -> None:
        cls, value = load(name), SAMPLES[name][1]
        model = cls.construct(**value)
        assert type(model) is cls
        assert model.to_dict() == value
        assert json.loads(model.to_json()) == value
        assert cls.model_validate(model.to_dict()) == model
        assert list(model.to_dict()) == [name for name in cls.model_fields if name in value]

    def test_nothing_is_validated(self) -> None:
        usage = Usage.construct(input_tokens="many")
        assert (usage.input_tokens, usage.output_tokens) == ("many", None)
        assert usage.to_dict() == {"input_tokens": "many"}

    def test_model_construct_is_the_same(self) -> None:
        assert Usage.model_construct(**USAGE) == Usage.construct(**USAGE)

    def test_fields_set_can_be_given(self) -> None:
        model = Holder.construct({"name", "usage"}, name="n", size=3)
        assert model.model_fields_set == {"name", "usage"}
        assert model.to_dict() == {"name": "n", "usage": None}

    def test_both_names_of_a_renamed_field_work(self) -> None:
        assert Renamed.construct(class_="a", from_=1) == Renamed.construct(**{"class": "a", "from": 1})
        assert Renamed(class_="a") == Renamed(**{"class": "a"})


class TestReading:
    def test_unset_fields_read_as_default(self) -> None:
        model = Holder.construct()
        assert (model.name, model.size, model.tags, model.usage) == (None, 3, ["a"], None)

    def test_not_sent_and_null_stay_apart(self) -> None:
        assert Message.construct(stop_reason=None).to_dict() == {"stop_reason": None}
        assert Message.construct().to_dict() == {}
        assert Message.construct(stop_reason=None).model_fields_set == {"stop_reason"}
        assert Message.construct().model_fields_set == set()

    def test_extras_are_attributes(self) -> None:
        usage: Any = Usage.construct(**USAGE, unheard_of="gold", _odd=1, copy="c")
        assert usage.unheard_of == "gold"
        assert usage._odd == 1
        assert usage.model_extra == {"unheard_of": "gold", "_odd": 1, "copy": "c"}
        assert "unheard_of" in dir(usage)

    def test_unknown_attributes_raise(self) -> None:
        usage: Any = Usage.construct(**USAGE)
        with pytest.raises(AttributeError, match="^'Usage' object has no attribute 'nope'$"):
            usage.nope
        assert not hasattr(usage, "nope")
        assert not hasattr(usage, "_nope")
        assert not hasattr(usage, "__nope__")

    def test_extras_never_become_protocols(self) -> None:
        hostile = Usage.construct(__deepcopy__=1, __reduce_ex__=2, __class__=3, __dict__={})
        import copy

        assert copy.deepcopy(hostile).to_dict() == hostile.to_dict()
        assert type(hostile) is Usage

    def test_iteration(self) -> None:
        usage = Usage.construct(**USAGE, extra=[1])
        assert list(usage) == [*((name, USAGE.get(name)) for name in Usage.model_fields), ("extra", [1])]
        assert dict(Message.construct(id="x"))["usage"] is None

    def test_model_fields(self) -> None:
        fields = Holder.model_fields
        assert list(fields) == ["name", "tags", "size", "when", "day", "anything", "usage"]
        assert fields["name"].is_required() and not fields["size"].is_required()
        assert fields["size"].default == 3
        assert fields["usage"].annotation == Optional[Usage]
        assert Renamed.model_fields["class_"].alias == "class"

    def test_models_have_slots(self) -> None:
        assert Usage.__dictoffset__ == 0  # `vars()` of one is made when it is asked for

    def test_pattern_matching(self) -> None:
        match Message.construct(**MESSAGE).content[0]:
            case TextBlock(text=text):
                assert text == "Hi"
            case _:
                pytest.fail("no match")


class TestChanging:
    def test_assignment_is_not_validated(self) -> None:
        usage: Any = Usage.construct(**USAGE)
        usage.input_tokens = "many"
        usage.brand_new = 1
        assert usage.to_dict() == {**USAGE, "input_tokens": "many", "brand_new": 1}
        usage.brand_new = 2
        assert usage.brand_new == 2 and usage.model_extra == {"brand_new": 2}

    def test_model_extra_is_live(self) -> None:
        usage: Any = Usage.construct(**USAGE)
        usage.model_extra["late"] = 1
        assert usage.late == 1 and usage.to_dict()["late"] == 1

    def test_methods_can_not_be_replaced(self) -> None:
        usage: Any = Usage.construct(**USAGE)
        with pytest.raises(AttributeError):
            usage.to_dict = 1

    def test_private_attributes_stay_private(self) -> None:
        usage: Any = Usage.construct(**USAGE)
        usage._buffer = "secret"
        assert usage._buffer == "secret"
        assert "secret" not in repr(usage) + usage.to_json() + str(usage.model_dump())
        assert usage == Usage.construct(**USAGE)

    def test_deletion(self) -> None:
        usage: Any = Usage.construct(**USAGE, more=1, _private=2)
        del usage.input_tokens, usage.more
        assert usage.input_tokens is None and "input_tokens" not in usage.model_fields_set
        assert usage.to_dict() == {**OUTPUT, "_private": 2}
        with pytest.raises(AttributeError):
            del usage.more

    def test_request_id_is_beside_the_data(self) -> None:
        usage = Usage.construct(**USAGE)
        assert usage._request_id is None
        set_request_id(usage, "req_1")
        set_request_id([1], "req_1")
        assert usage._request_id == "req_1"
        assert usage.to_dict() == USAGE and "req_1" not in repr(usage) and usage == Usage.construct(**USAGE)
        usage._request_id = "req_2"
        assert usage._request_id == "req_2"


class TestComparing:
    def test_equality(self) -> None:
        assert Usage.construct(**USAGE) == Usage(**USAGE)
        assert Usage.construct(**USAGE) != Usage.construct(**USAGE, more=1)
        assert Usage.construct(**USAGE) != USAGE
        assert TextBlock.construct(text="a") != ToolUseBlock.construct(text="a")
        assert Holder.construct(name="a") == Holder.construct(name="a", size=3, usage=None)
        assert Message.construct(id="1") == Message.construct(id="1", stop_reason=None)

    def test_models_are_unhashable(self) -> None:
        with pytest.raises(TypeError, match="unhashable type: 'Usage'"):
            hash(Usage.construct())

    def test_repr(self) -> None:
        assert repr(TextBlock(text="a", type="text")).startswith("TextBlock(text='a', type='text'")
        assert repr(Pair(one=1, two=2)) == "Pair(one=1, two=2)"
        assert str(Pair.construct(two=2, z="é")) == "Pair(one=None, two=2, z='é')"

    def test_repr_of_a_cycle(self) -> None:
        holder = Holder.construct(name="x")
        holder.anything = [holder]
        assert "anything=[...]" in repr(holder)


class TestDumping:
    def test_to_dict_options(self) -> None:
        holder = Holder.construct(name="n", size=3, usage=None, more=None)
        assert holder.to_dict() == {"name": "n", "size": 3, "usage": None, "more": None}
        assert holder.to_dict(exclude_defaults=True) == {"name": "n", "more": None}
        assert holder.to_dict(exclude_none=True) == {"name": "n", "size": 3}
        assert holder.to_dict(exclude_unset=False) == {
            "name": "n",
            "tags": ["a"],
            "size": 3,
            "when": None,
            "day": None,
            "anything": None,
            "usage": None,
            "more": None,
        }

    def test_names(self) -> None:
        renamed = Renamed.construct(**{"class": "a", "from": 1, "class_": "extra"})
        assert Renamed.construct(**{"class": "a", "from": 1}).to_dict() == {"class": "a", "from": 1}
        assert Renamed.construct(**{"class": "a"}).to_dict(use_api_names=False) == {"class_": "a"}
        assert Renamed.construct(**{"class": "a"}).model_dump() == {"class_": "a", "from_": None, "plain": 1}
        assert Renamed.construct(**{"class": "a"}).model_dump(by_alias=True, exclude_unset=True) == {"class": "a"}
        assert renamed.class_ == "a"

    def test_modes(self) -> None:
        moment = datetime(2024, 1, 2, 3, 4, tzinfo=timezone.utc)
        holder = Holder.construct(name="n", when="2024-01-02T03:04:00Z", day="2024-01-02", anything=(1, {2}))
        assert holder.to_dict() == {"name": "n", "when": moment, "day": date(2024, 1, 2), "anything": (1, {2})}
        assert holder.to_dict(mode="json") == {
            "name": "n",
            "when": "2024-01-02T03:04:00Z",
            "day": "2024-01-02",
            "anything": [1, [2]],
        }

    def test_to_json(self) -> None:
        model = ToolUseBlock.construct(id="i", input={"a": 1, "é": []})
        assert model.to_json(indent=None) == '{"id":"i","input":{"a":1,"é":[]}}'
        assert model.to_json() == '{\n  "id": "i",\n  "input": {\n    "a": 1,\n    "é": []\n  }\n}'
        assert model.model_dump_json(include={"id"}) == '{"id":"i"}'

    def test_json_is_json(self) -> None:
        model = ToolUseBlock.construct(input=[math.nan, math.inf, {"x": -math.inf}], name="\ud800\u2028")
        text = model.to_json(indent=None)
        assert text.encode("utf-8")
        assert json.loads(text) == {"input": [None, None, {"x": None}], "name": "\ud800\u2028"}

    def test_dumps_are_copies(self) -> None:
        model = ToolUseBlock.construct(input={"a": [1]})
        dumped: Any = model.to_dict()
        dumped["input"]["a"].append(2)
        assert model.input == {"a": [1]}

    def test_models_anywhere_are_dumped(self) -> None:
        holder: Any = Holder.construct(
            name="n", anything={"list": [Usage.construct(**USAGE)]}, extra=(Usage.construct(),)
        )
        holder.name = TextBlock.construct(text="t")
        assert holder.to_dict() == {"name": {"text": "t"}, "anything": {"list": [USAGE]}, "extra": ({},)}

    @pytest.mark.parametrize(
        ("include", "exclude", "expected"),
        [
            ({"usage"}, None, {"usage": USAGE}),
            ({"usage": {"input_tokens"}}, None, {"usage": {"input_tokens": 3}}),
            (None, {"usage": {"input_tokens": True}, "anything": ...}, {"name": "n", "usage": OUTPUT}),
            ({"name": True, "anything": {0: {"x"}}}, None, {"name": "n", "anything": [{"x": 1}]}),
            ({"anything": {"__all__": {"y"}}}, None, {"anything": [{"y": 2}, {"y": 4}]}),
            ({"anything"}, {"anything": {-1: ...}}, {"anything": [{"x": 1, "y": 2}]}),
            ({"nothing"}, None, {}),
        ],
    )
    def test_include_and_exclude(self, include: Any, exclude: Any, expected: Dict[str, Any]) -> None:
        holder = Holder.construct(name="n", usage=USAGE, anything=[{"x": 1, "y": 2}, {"x": 3, "y": 4}])
        assert holder.model_dump(include=include, exclude=exclude, exclude_unset=True) == expected

    def test_model_dump_shows_everything(self) -> None:
        assert Message.construct(id="1").model_dump() == {**dict.fromkeys(Message.model_fields), "id": "1"}
        assert {"content", "model", "role", "stop_sequence", "usage"} <= set(Message.model_fields)


class TestValidating:
    def test_model_validate(self) -> None:
        usage = Usage.construct(**USAGE)
        assert Usage.model_validate({**USAGE, "input_tokens": "3", "output_tokens": 5.0}) == usage
        assert Usage.model_validate(usage) is usage
        for wrong in ([1], "x", None, TextBlock.construct(text="a")):
            with pytest.raises(ValueError, match="expected an object"):
                Usage.model_validate(wrong)

    def test_copies(self) -> None:
        message = Message.construct(**MESSAGE, more={"a": [1]})
        shallow, deep = message.model_copy(), message.model_copy(deep=True)
        assert shallow == deep == message
        assert shallow.content is message.content and deep.content is not message.content
        assert shallow.model_extra is not message.model_extra
        changed: Any = message.model_copy(update={"id": 5, "brand_new": 1})
        assert (changed.id, changed.brand_new, message.id) == (5, 1, "msg_1")
        assert message.model_copy().model_fields_set == message.model_fields_set

    def test_literals_are_checked_by_the_constructor_only(self) -> None:
        with pytest.raises(ValueError, match="type: expected 'content_block_stop', got the string 'other'"):
            RawContentBlockStopEvent(index=1, type="other")  # type: ignore[arg-type]
        assert RawContentBlockStopEvent.construct(index=1, type="other").type == "other"


def test_a_default_may_be_given_by_a_subclass() -> None:
    class Stop(RawContentBlockStopEvent):
        type: Literal["content_block_stop"] = "content_block_stop"

    assert Stop(index=1).type == "content_block_stop"
