"""Defaults and examples in docstrings: short, once, and harmless whatever they are."""

from __future__ import annotations

import ast

import pytest

from sdkloom.ir.json_like import JsonLike, JsonMapping
from sdkloom.python.docstrings import docstring, method_docstring
from sdkloom.python.remarks import documented, excerpt, with_remarks
from sdkloom.python.texts import UNSEEN


def _nested(depth: int) -> JsonLike:
    value: JsonLike = "x"
    for _ in range(depth):
        value = (value,)
    return value


HOSTILE: list[JsonLike] = [
    '"""',
    'ends in "',
    "\\",
    "\\\\\n\\",
    "one\ntwo\r\n```\n# three",
    "`tick` ``ticks``",
    "\u202eright to left\u2066",
    "\ud800",
    "\0\x1b[31m",
    "x" * 1_000_000,
    '"' * 1_000_000,
    "`" * 300,
    tuple(["a"] * 100_000),
    JsonMapping(tuple((f"key{number}" * 50, '"""') for number in range(1000))),
    _nested(60),
    10**3000,
    -(10**3000),
    1e308,
    "",
    (),
    JsonMapping(),
]


@pytest.mark.parametrize("value", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
def test_hostile_examples_are_short_and_stay_inside(value: JsonLike) -> None:
    text = documented("What it is.", example=value, assumed=value)
    assert text is not None and len(text) < 3000 and "\n" not in text
    for source in (docstring(text), method_docstring("Do it.", [("name", text)])):
        (statement,) = ast.parse(source).body
        assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        read = str(statement.value.value)
        assert "What it is." in read and not UNSEEN.search(read.replace("\n", ""))


def test_an_excerpt_is_the_value_where_it_is_short() -> None:
    value = JsonMapping((("open", True), ("names", ("a", 'b"')), ("none", None), ("share", 0.5)))
    assert ast.literal_eval(excerpt(value)) == {"open": True, "names": ["a", 'b"'], "none": None, "share": 0.5}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a" * 300, f'"{"a" * 200}..."'),
        (tuple(range(1_000_000, 1_000_100)), "..."),
        (JsonMapping((("long", "a" * 500), ("left_out", 1))), "..."),
    ],
)
def test_what_is_left_out_is_an_ellipsis(value: JsonLike, text: str) -> None:
    shortened = excerpt(value)
    assert text in shortened and len(shortened) < 300


@pytest.mark.parametrize(
    ("doc", "value", "expected"),
    [
        (None, 20, "Defaults to `20`."),
        ("How many", 20, "How many. Defaults to `20`."),
        ("How many?", 20, "How many? Defaults to `20`."),
        ("How many, 20 by default.", 20, "How many, 20 by default."),
        ("How many. Default: `20`", 20, "How many. Default: `20`"),
        ("How many. The default is 200.", 20, "How many. The default is 200. Defaults to `20`."),
        ("At most 20.", 20, "At most 20. Defaults to `20`."),
        ("Whether. Defaults to false.", False, "Whether. Defaults to false."),
        ("The order (default: newest)", "newest", "The order (default: newest)"),
        ("The order (default: newest)", "oldest", 'The order (default: newest). Defaults to `"oldest"`.'),
        ("By default all.", "", 'By default all. Defaults to `""`.'),
    ],
)
def test_a_default_is_said_once(doc: str | None, value: JsonLike, expected: str) -> None:
    assert documented(doc, assumed=value) == expected


@pytest.mark.parametrize(
    "doc", ["- a list\n- of two", "| a | b |", "```\ncode\n```", "# A heading", "Two\n\nparagraphs."]
)
def test_markdown_stays_as_it_is(doc: str) -> None:
    assert with_remarks(doc, "More.") == f"{doc}\n\nMore."
