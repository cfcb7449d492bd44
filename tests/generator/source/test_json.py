"""JSON with positions."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.source.load import load
from sdkloom.source.nodes import MappingNode, plain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def read(text: str, path: str = "a.json") -> object:
    sink = DiagnosticSink()
    found = load(path, text, sink)
    assert not sink.diagnostics
    assert found is not None
    return plain(found)


@given(JSON, st.sampled_from([None, 2]), st.booleans())
def test_reads_what_the_standard_library_reads(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert read(text) == json.loads(text)


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), JSON, min_size=1))
def test_yaml_files_may_hold_json(value: object) -> None:
    text = json.dumps(value)
    assert read(text, "a.yaml") == json.loads(text)


def test_what_yaml_would_not_read() -> None:
    assert read('{\n\t"emoji":\t"\\ud83d\\ude00", "path": "\\/a"}') == {"emoji": "😀", "path": "/a"}
    long_key = "k" * 2_000
    assert read(f'{{"{long_key}": 1}}') == {long_key: 1}


def test_spans() -> None:
    sink = DiagnosticSink()
    root = load("a.json", '{\n  "a": {"b": [1, "x"]}\n}', sink)
    assert isinstance(root, MappingNode)
    inner = root.entries["a"]
    assert isinstance(inner, MappingNode)
    assert str(inner.key_span("b")) == "a.json:2:9"
    span = inner.entries["b"].span
    assert (span.line, span.col, span.end_col) == (2, 14, 22)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "the file is empty", "1:1"),
        ("{", "expected a key, found the end of the file", "1:2"),
        ('{"a"}', "expected `:`, found `}`", "1:5"),
        ('{"a": }', "expected a value, found `}`", "1:7"),
        ('{"a": 1 "b": 2}', 'expected `,` or `}`, found `"`', "1:9"),
        ("[1,\n2,\n]", "expected a value, found `]`", "3:1"),
        ("[1 2]", "expected `,` or `]`, found `2`", "1:4"),
        ("[01]", "expected `,` or `]`, found `1`", "1:3"),
        ("[NaN]", "expected a value, found `NaN`", "1:2"),
        ("['a']", "expected a value, found `'`", "1:2"),
        ("{a: 1}", "expected a key, found `a`", "1:2"),
        ('"\\x"', "invalid \\escape", "1:2"),
        ('["a', "unterminated string", "1:2"),
        ("{} {}", "expected the end of the file, found `{`", "1:4"),
        ("// no\n{}", "expected a value, found `/`", "1:1"),
    ],
)
def test_mistakes(text: str, message: str, place: str) -> None:
    sink = DiagnosticSink()
    assert load("a.json", text, sink) is None
    (found,) = sink.diagnostics
    assert (found.message, str(found.span)) == (message, f"a.json:{place}")


@given(st.text(st.sampled_from('{}[]",:\\u1e.-0 \ntruefals'), max_size=30))
def test_refuses_what_the_standard_library_refuses(text: str) -> None:
    sink = DiagnosticSink()
    found = load("a.json", text, sink)
    try:
        expected = json.loads(text)
    except ValueError:
        assert found is None
        assert sink.has_errors
    else:
        assert found is not None
        duplicate = any(diagnostic.code == "SRC002" for diagnostic in sink.diagnostics)
        assert duplicate or plain(found) == expected
