"""Members that models share with pydantic's: programs written for those call them on instances and classes."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from typing import Any, Optional

import attrs
import pytest

from anthropic import BaseModel, UnknownVariant, ValidationError
from anthropic.types import Message, TextBlock, ToolUseBlock, Usage

from ..samples import complete

MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "content": [
        {"text": "Hi", "type": "text"},
        {"id": "toolu_1", "input": {"a": 1}, "name": "add", "type": "tool_use"},
    ],
    "model": "claude-3-haiku-20240307",
    "role": "assistant",
    "stop_reason": "end_turn",
    "type": "message",
    "usage": complete(Usage, {"input_tokens": 1, "output_tokens": 2}),
    "later": {"x": 1},
}


@pytest.fixture
def message() -> Any:
    return Message.model_validate(MESSAGE)


class TestOlderNames:
    def test_dict_is_model_dump(self, message: Any) -> None:
        assert message.dict() == message.model_dump()
        assert message.dict() == {**MESSAGE, "stop_sequence": None, "usage": message.usage.dict()}
        assert message.usage.dict() == {**dict.fromkeys(Usage.model_fields), **MESSAGE["usage"]}
        assert message.content[1].dict() == MESSAGE["content"][1]
        assert message.dict(include={"id"}) == {"id": "msg_1"}
        assert "content" not in message.dict(exclude={"content"}, exclude_none=True)
        assert message.dict(exclude_unset=True) == MESSAGE

    def test_json_is_model_dump_json(self, message: Any) -> None:
        assert message.json() == message.model_dump_json()
        assert json.loads(message.json(exclude={"content"}, exclude_unset=True)) == {
            key: value for key, value in MESSAGE.items() if key != "content"
        }

    @pytest.mark.parametrize("name", ["dict", "json"])
    def test_options_that_pydantic_refuses_are_refused(self, message: Any, name: str) -> None:
        with pytest.raises(TypeError, match="indent"):
            getattr(message, name)(indent=2)

    def test_copy(self, message: Any) -> None:
        assert message.copy() == message and message.copy() is not message
        assert message.copy(update={"id": "msg_2"}).id == "msg_2"
        assert message.copy().content[0] is message.content[0]
        assert message.copy(deep=True).content[0] is not message.content[0]
        assert message.copy(include={"id", "later"}).to_dict() == {"id": "msg_1", "later": {"x": 1}}
        left = message.copy(exclude={"content", "later", "stop_sequence"})
        assert left.to_dict() == {key: value for key, value in MESSAGE.items() if key not in ("content", "later")}
        assert message.to_dict() == MESSAGE

    def test_the_copy_of_the_standard_library_is_another_thing(self, message: Any) -> None:
        assert copy.copy(message) == copy.deepcopy(message) == pickle.loads(pickle.dumps(message)) == message

    def test_reading(self, message: Any) -> None:
        some: Any = Message
        assert some.parse_obj(MESSAGE) == some.validate(MESSAGE) == some.parse_raw(json.dumps(MESSAGE)) == message
        assert some.update_forward_refs() is some.model_rebuild(force=True) is None

    def test_facts_of_the_class(self, message: Any) -> None:
        some: Any = Message
        assert list(some.__fields__) == list(some.model_fields) == list(message.__fields__)
        assert message.__fields_set__ == message.model_fields_set
        assert some.model_config["extra"] == "allow"
        assert some.model_computed_fields == message.model_computed_fields == {}

    @pytest.mark.parametrize("name", ["dict", "json", "copy"])
    def test_methods_by_way_of_the_class(self, message: Any, name: str) -> None:
        assert getattr(Message, name)(message) == getattr(message, name)()

    @pytest.mark.parametrize("name", ["__fields_set__", "nothing"])
    def test_what_a_class_has_not(self, name: str) -> None:
        assert not hasattr(Message, name)


class TestVars:
    def test_it_is_the_declared_fields(self, message: Any) -> None:
        found = vars(message)
        assert list(found) == list(Message.model_fields)
        assert found["content"] == message.content and found["stop_sequence"] is None
        assert isinstance(found, dict) and found == message.__dict__
        assert json.dumps(vars(message.content[0])) == '{"text": "Hi", "type": "text"}'
        assert {**vars(message.usage)} == {**dict.fromkeys(Usage.model_fields), **MESSAGE["usage"]}

    def test_a_change_of_it_is_not_lost_in_silence(self, message: Any) -> None:
        for change in (
            lambda: vars(message).update(id="x"),
            lambda: vars(message).__setitem__("id", "x"),
            lambda: vars(message).pop("id"),
            lambda: vars(message).setdefault("new", "x"),
            lambda: vars(message).clear(),
        ):
            with pytest.raises(TypeError, match="set the attribute of the model"):
                change()
        assert message.id == "msg_1"


class TestJson:
    @pytest.mark.parametrize("kind", [str, str.encode, lambda text: bytearray(text.encode())])
    def test_a_model_from_json_text(self, message: Any, kind: Any) -> None:
        assert Message.model_validate_json(kind(json.dumps(MESSAGE))) == message

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("{", "no JSON: "),
            ("", "no JSON: "),
            (b"\xff", "no JSON: "),
            ("[" * 100_000, "nested too deeply"),
            ("[]", "Usage"),
            ('{"input_tokens": 1}', "output_tokens: is missing"),
            ('{"input_tokens": 1, "output_tokens": "x"}', "output_tokens: "),
        ],
    )
    def test_what_is_wrong_is_said(self, text: Any, reason: str) -> None:
        with pytest.raises(ValidationError) as error:
            Usage.model_validate_json(text)
        assert reason in str(error.value) and error.value.title == "Usage"

    def test_the_schema_of_a_class(self) -> None:
        schema = TextBlock.model_json_schema()
        assert schema["title"] == "TextBlock" and schema["required"] == ["text", "type"]
        some: Any = TextBlock
        assert some.schema() == schema == json.loads(some.schema_json(indent=2))
        assert {"TextBlock", "ToolUseBlock", "Usage"} <= set(Message.model_json_schema()["$defs"])

    def test_without_pydantic_the_schema_says_what_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from anthropic._structuring import pydantic_members

        monkeypatch.setattr(pydantic_members, "_ADAPTERS", {})
        monkeypatch.setitem(sys.modules, "pydantic", None)
        with pytest.raises(ImportError, match="pip install pydantic"):
            Message.model_json_schema()


class TestSerializer:
    """pydantic asks objects that it doesn't know for one; other libraries ask whether there is one."""

    def test_a_model_in_a_field_of_any_type(self, message: Any) -> None:
        import pydantic

        class Log(pydantic.BaseModel):
            what: Any

        log = Log(what=[message])
        assert log.what[0] is message
        assert log.model_dump()["what"] == [MESSAGE]
        assert json.loads(log.model_dump_json())["what"] == [MESSAGE]

    def test_asking_loads_nothing(self) -> None:
        code = (
            "import sys; from anthropic.types import TextBlock; block = TextBlock(text='x', type='text');"
            "assert hasattr(block, '__pydantic_serializer__'); vars(block); block.dict(); block.json();"
            "assert 'pydantic' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], check=True)

    @pytest.mark.parametrize("options", [{"code": None}, {"name": "Nowhere"}])
    def test_a_class_that_pydantic_can_make_nothing_of_has_none(
        self, message: Any, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import pydantic.errors

        from anthropic._structuring import pydantic_members

        def refuse(cls: type) -> Any:
            known = "PydanticUserError" if "code" in options else "PydanticUndefinedAnnotation"
            raise getattr(pydantic.errors, known)(message="no", **options)

        monkeypatch.setattr(pydantic_members, "_adapter", refuse)
        assert not hasattr(message, "__pydantic_serializer__")


class Page(BaseModel):
    json: str
    copy: bool = False
    schema: Optional[int] = None


class TestFieldsComeFirst:
    def test_declared_ones(self) -> None:
        page = Page(json="{}", copy=True)
        assert (page.json, page.copy, page.schema) == ("{}", True, None)
        page.json = "[]"
        assert page.to_dict() == {"json": "[]", "copy": True}
        some: Any = page
        assert some.dict() == {"json": "[]", "copy": True, "schema": None}
        assert vars(page) == attrs.asdict(page) == some.dict()

    def test_undeclared_ones(self) -> None:
        block: Any = UnknownVariant.construct(type="new", json={"a": 1}, copy=2)
        assert (block.json, block.copy) == ({"a": 1}, 2)
        block.dict = 3
        block.copy = 4
        assert block.to_dict() == {"type": "new", "json": {"a": 1}, "copy": 4, "dict": 3}
        del block.dict
        assert block.dict() == {"type": "new", "json": {"a": 1}, "copy": 4}

    def test_other_models_are_not_concerned(self) -> None:
        block: Any = ToolUseBlock.construct(id="toolu_1", input={"json": 1}, name="n", type="tool_use")
        assert json.loads(block.json())["input"] == {"json": 1}


def test_nothing_of_it_is_loaded_by_a_call() -> None:
    code = (
        "import sys; from anthropic.types import TextBlock; TextBlock(text='x', type='text').to_dict();"
        "assert not [name for name in sys.modules if 'pydantic_members' in name]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
