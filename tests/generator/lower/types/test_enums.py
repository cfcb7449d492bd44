"""Members of enum classes: their names and docstrings, and which enumerations become classes."""

from __future__ import annotations

import keyword

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.model import JsonObject, JsonValue, Schema
from sdkloom.lower.names.identifiers import member_name
from sdkloom.lower.types.enums import can_be_class, enum_members


def _members(values: tuple[str | int, ...], **extensions: JsonValue) -> tuple[list[str], list[str | None], list[str]]:
    found = tuple((key.replace("_", "-"), value) for key, value in extensions.items())
    sink = DiagnosticSink()
    made = enum_members(Schema(enum=values, extensions=JsonObject(found)), values, sink)
    assert tuple(member.value for member in made) == values
    names = [member.name for member in made]
    assert len(set(names)) == len(names)
    return names, [member.doc for member in made], [found.code for found in sink.diagnostics]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("red", "RED"),
        ("not found", "NOT_FOUND"),
        ("notFound", "NOT_FOUND"),
        ("NOT_FOUND", "NOT_FOUND"),
        ("claude-2.1", "CLAUDE_2_1"),
        ("", "EMPTY"),
        ("1", "VALUE_1"),
        ("-1", "MINUS_1"),
        ("+1", "PLUS_1"),
        ("none", "NONE"),
        ("class", "CLASS"),
        ("text/plain", "TEXT_PLAIN"),
        ("*", "ASTERISK"),
        ("_private", "PRIVATE"),
        ("größe", "GRÖSSE"),
    ],
)
def test_members_are_named_by_their_values(value: str, name: str) -> None:
    assert member_name(value) == name and name.isidentifier() and not keyword.iskeyword(name)


@pytest.mark.parametrize(
    "value", ["\u202e", "\0", " ", "\U0001f600", "日本", "__class__", "mro", "\ud800", '"""', "a" * 500]
)
def test_names_are_always_identifiers(value: str) -> None:
    name = member_name(value)
    assert name.isidentifier() and not name.startswith("_") and name not in dir(str)


def test_names_that_fall_together_get_numbers() -> None:
    assert _members(("a-b", "a b", "a_b"))[0] == ["A_B", "A_B_2", "A_B_3"]


def test_names_of_the_document() -> None:
    names, docs, codes = _members(
        (1, 2, 3), x_enum_varnames=("LOW", "in the middle", "title"), x_enum_descriptions=("Low.", "", "High.")
    )
    assert (names, docs, codes) == (["LOW", "IN_THE_MIDDLE", "TITLE"], ["Low.", None, "High."], [])


def test_names_of_azure() -> None:
    said = JsonObject(
        (("values", (JsonObject((("value", "b"), ("name", "Beta"), ("description", "The second."))), "odd", None)),)
    )
    assert _members(("a", "b"), x_ms_enum=said) == (["A", "BETA"], [None, "The second."], [])


def test_names_by_value() -> None:
    assert _members(("a", "b"), x_enum_descriptions=JsonObject((("b", "The second."),)))[1] == [None, "The second."]


def test_names_that_do_not_fit_are_reported() -> None:
    assert _members(("a", "b"), x_enum_varnames=("ONE",)) == (["A", "B"], [None, None], ["LOW200"])


def test_what_can_be_a_class() -> None:
    assert can_be_class(("a", "b")) and can_be_class((1, 2))
    assert not any(map(can_be_class, [(), (1, "a"), (True, False), (1, True), (1.5,)]))
