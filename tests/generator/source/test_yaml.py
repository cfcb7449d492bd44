"""YAML with positions, by the rules of YAML 1.2."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.diagnostics.span import Span
from sdkloom.source.load import decode, load
from sdkloom.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, plain


def read(text: str, path: str = "a.yaml") -> object:
    return plain(node(text, path))


def node(text: str, path: str = "a.yaml") -> Node:
    sink = DiagnosticSink()
    found = load(path, text, sink)
    assert not sink.diagnostics
    assert found is not None
    return found


def codes(text: str | bytes, path: str = "a.yaml") -> list[str]:
    sink = DiagnosticSink()
    if isinstance(text, bytes):
        decode(path, text, sink)
    else:
        load(path, text, sink)
    return [diagnostic.code for diagnostic in sink.diagnostics]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("~", None),
        ("null", None),
        ("nULL", "nULL"),
        ("12:30", "12:30"),
        ("2024-01-02", "2024-01-02"),
        ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
        ("0o17", 15),
        ("0x1f", 31),
        ("010", 10),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("+12", 12),
        ("-0", 0),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("1.2.3", "1.2.3"),
        ("--", "--"),
        (".", "."),
        ("=", "="),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ('"12"', "12"),
        ("'true'", "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("!!int 0x10", 16),
        ("!!float 1", 1.0),
        ("!!null ''", None),
        ('"\\u0041\\n"', "A\n"),
        ("|\n    a\n    b\n", "a\nb\n"),
        (">-\n    a\n    b\n", "a b"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    found = read(f"key: {text}")
    assert found == {"key": value}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


def test_not_a_number() -> None:
    found = node("x: .NaN")
    assert isinstance(found, MappingNode)
    value = found.entries["x"]
    assert isinstance(value, ScalarNode)
    assert isinstance(value.value, float)
    assert math.isnan(value.value)


def test_integer_keys_are_their_text() -> None:
    assert read("200: a\n0x10: b\n'404': c\n") == {"200": "a", "0x10": "b", "404": "c"}


def test_keys_that_others_take_for_something_else_are_texts_and_said() -> None:
    sink = DiagnosticSink()
    found = load("a.yaml", "true: a\nnull: b\n1.50: c\n'no': d\n", sink)
    assert plain(found) == {"true": "a", "null": "b", "1.50": "c", "no": "d"}
    assert [(it.code, it.severity.value) for it in sink.diagnostics] == [("SRC007", "warning")] * 3


def test_spans() -> None:
    root = node("# a comment\npaths:\n  /pets: {get: [1, 'two']}\n", "x.yaml")
    assert isinstance(root, MappingNode)
    paths = root.entries["paths"]
    assert isinstance(paths, MappingNode)
    pets = paths.entries["/pets"]
    assert isinstance(pets, MappingNode)
    get = pets.entries["get"]
    assert isinstance(get, SequenceNode)
    assert root.key_span("paths") == Span(file="x.yaml", line=2, col=1, end_line=2, end_col=6)
    assert paths.key_span("/pets") == Span(file="x.yaml", line=3, col=3, end_line=3, end_col=8)
    assert paths.span == Span(file="x.yaml", line=3, col=3, end_line=3, end_col=27)
    assert get.items[1].span == Span(file="x.yaml", line=3, col=20, end_line=3, end_col=25)
    assert root.key_span("nope") == root.span


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_and_byte_order_mark(line_break: str) -> None:
    root = node(line_break.join(["\ufeffa: 1", "b: 'x'", "c: [1,", "  2]", ""]))
    assert plain(root) == {"a": 1, "b": "x", "c": [1, 2]}
    assert isinstance(root, MappingNode)
    assert (root.key_span("a").line, root.key_span("a").col) == (1, 1)
    assert root.key_span("c").line == 3


def test_unicode_separators_are_no_line_breaks() -> None:
    root = node("a: x\u2028y\nb: 'p\x85q'\nc: r\u2029s\n")
    assert plain(root) == {"a": "x\u2028y", "b": "p\x85q", "c": "r\u2029s"}
    assert isinstance(root, MappingNode)
    assert root.key_span("c").line == 3


def test_anchors_and_merge_keys() -> None:
    text = """
base: &base {type: object, title: Base}
other: &other {title: Other, format: x}
one: {<<: *base, title: One}
two:
  description: last
  <<: [*base, *other]
quoted: {"<<": plain}
alias: *base
"""
    found = read(text)
    assert isinstance(found, dict)
    assert found["one"] == {"title": "One", "type": "object"}
    assert found["two"] == {"description": "last", "type": "object", "title": "Base", "format": "x"}
    assert found["quoted"] == {"<<": "plain"}
    assert found["alias"] == {"type": "object", "title": "Base"}


def test_an_anchor_may_be_used_again() -> None:
    assert read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": 1, "b": 1, "c": 2, "d": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["SRC006"]),
        ("---\n", ["SRC006"]),
        ("a: 1\n--- \nb: 2\n", ["SRC005"]),
        ("a: 1\n...\n", []),
        ("--- {a: 1}\n", []),
        ("%YAML 1.2\n---\na: 1\n", []),
        ("a: 1\na: 2\n", ["SRC002"]),
        ("a: &a\n  b: *a\n", ["SRC010"]),
        ("? [1]\n: x\n", ["SRC008"]),
        ("? !!binary aGk=\n: x\n", ["SRC003"]),
        ("[" * 50_000, ["SRC013"]),
        ("- " * 50_000, ["SRC013"]),
        ("{a: " * 50_000, ["SRC013"]),
        ("\n".join(" " * depth + "a:" for depth in range(2_000)), ["SRC013"]),
    ],
)
def test_codes(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_aliases_may_not_multiply() -> None:
    doubling = "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n" for n in range(1, 40))
    assert codes("k0: &k0 x\n" + doubling) == ["SRC012"]


def test_aliases_may_not_nest_without_end() -> None:
    nesting = "".join(f"k{n}: &k{n} [*k{n - 1}]\n" for n in range(1, 5_000))
    assert codes("k0: &k0 x\n" + nesting) == ["SRC012"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings(encoding: str) -> None:
    sink = DiagnosticSink()
    text = decode("a.yaml", "title: Café ☕".encode(encoding), sink)
    assert text is not None
    assert read(text) == {"title": "Café ☕"}


def test_bytes_that_are_no_text() -> None:
    sink = DiagnosticSink()
    assert decode("a.yaml", b"a: 1\nb: \xff\xfe", sink) is None
    (found,) = sink.diagnostics
    assert (found.code, found.span.line, found.span.col) == ("SRC015", 2, 4)


def test_the_slow_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x\n  b: [1, 'two']\n  <<: {d: ~}\n  t: |\n    text\ne: *x\n200: 'é'\n"
    fast = node(text)
    monkeypatch.delattr(yaml, "CBaseLoader")
    slow = node(text)
    assert plain(fast) == plain(slow)
    assert spans(fast) == spans(slow)


def spans(found: Node) -> list[Span]:
    if isinstance(found, ScalarNode):
        return [found.span]
    below = found.items if isinstance(found, SequenceNode) else list(found.entries.values())
    keys = [found.key_span(key) for key in found.entries] if isinstance(found, MappingNode) else []
    return [found.span, *keys, *[span for child in below for span in spans(child)]]


@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`#~<= \n\t\\\x01é1.0"), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    sink = DiagnosticSink()
    assert load("a", text, sink) is not None or sink.has_errors
