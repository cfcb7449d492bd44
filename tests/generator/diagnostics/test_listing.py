"""How diagnostics are drawn."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from sdkloom import diagnostics
from sdkloom.diagnostics import catalog, listing
from sdkloom.diagnostics.model import Diagnostic, DiagnosticSink, Related, Rule, Severity
from sdkloom.diagnostics.nearest import did_you_mean, nearest
from sdkloom.diagnostics.rules import CATALOG
from sdkloom.diagnostics.span import NOWHERE, Span

RULE = Rule(code="TST001", severity=Severity.ERROR, wording="`{name}` is wrong", hint="not `{name}`")


def span(line: int, col: int, end_col: int, end_line: int | None = None, file: str = "a.yaml") -> Span:
    return Span(file=file, line=line, col=col, end_line=end_line or line, end_col=end_col)


def drawn(text: str, place: Span, *, color: bool = False, hint: str | None = None) -> list[str]:
    sink = DiagnosticSink()
    sink.report(RULE, place, hint=hint, name="x")
    return listing.render(sink.diagnostics, {"a.yaml": text}, color).splitlines()


def test_one_message() -> None:
    assert drawn("a: 1\nb: two\n", span(2, 4, 7)) == [
        "a.yaml:2:4: error[TST001]: `x` is wrong",
        "    2 | b: two",
        "      |    ^^^",
        "   hint: not `x`",
        "",
        "1 error",
    ]


def test_a_hint_of_the_report_wins_and_may_have_lines() -> None:
    assert drawn("a", span(1, 1, 2), hint="one\ntwo {x}")[3:5] == ["   hint: one", "         two {x}"]


def test_nothing_to_say() -> None:
    assert listing.render([], {}) == ""
    assert listing.summary([]) == "no messages"


def test_several_lines_are_marked_to_the_end_of_the_first() -> None:
    assert drawn("a: b  \n  c: d\n", span(1, 4, 3, end_line=2))[1:3] == ["    1 | a: b", "      |    ^"]


def test_places_outside_of_the_text() -> None:
    assert drawn("a: b\n", span(9, 1, 2)) == [
        "a.yaml:9:1: error[TST001]: `x` is wrong",
        "   hint: not `x`",
        "",
        "1 error",
    ]
    assert drawn("a: b", span(1, 5, 6))[1:3] == ["    1 | a: b", "      |     ^"]
    assert drawn("a", NOWHERE)[0] == "error[TST001]: `x` is wrong"


def test_tabs_control_characters_and_wide_ones() -> None:
    assert drawn("\ta\x07: b", span(1, 6, 7))[1:3] == ["    1 |   a\\x07: b", "      |          ^"]
    assert drawn("日本: x", span(1, 5, 6))[1:3] == ["    1 | 日本: x", "      |       ^"]
    assert drawn("日本: x", span(1, 1, 3))[2] == "      | ^^^^"
    assert drawn("e\u0301: x", span(1, 5, 6))[2] == "      |    ^"


def test_texts_of_a_document_do_not_steer_the_terminal() -> None:
    sink = DiagnosticSink()
    related = [Related(message="here\x07", span=span(1, 1, 2))]
    sink.report(RULE, span(1, 1, 2), related=related, hint="red\x1b[31m", name="a\x1b[2J\nb.yaml:1:1: error")
    lines = listing.render(sink.diagnostics, {}).splitlines()
    assert lines == [
        "a.yaml:1:1: error[TST001]: `a\\x1b[2J\\nb.yaml:1:1: error` is wrong",
        "   a.yaml:1:1: here\\x07",
        "   hint: red\\x1b[31m",
        "",
        "1 error",
    ]


def test_long_lines_are_cut_around_the_mark() -> None:
    text = "x" * 1000 + "HERE" + "y" * 1000
    source, caret = drawn(text, span(1, 1001, 1005))[1:3]
    assert len(source) == len("    1 | ") + 160
    assert source.index("HERE") == caret.index("^^^^")
    assert source.startswith("    1 | …x")
    assert source.endswith("y…")
    assert len(drawn(text, span(1, 1, 1500))[2]) < 170


def test_colors() -> None:
    plain, colored = drawn("a: b", span(1, 4, 5)), drawn("a: b", span(1, 4, 5), color=True)
    assert "\033[1;31merror[TST001]\033[0m" in colored[0]
    stripped = "\n".join(colored)
    for code in ("\033[0m", "\033[1m", "\033[34m", "\033[1;31m", "\033[1;32m"):
        stripped = stripped.replace(code, "")
    assert stripped == "\n".join(plain)


def test_order_repetition_and_related_places() -> None:
    sink = DiagnosticSink()
    sink.report(RULE, span(2, 1, 2, file="b.yaml"), name="late")
    sink.report(RULE, span(10, 1, 2), name="second")
    first = Related(message="first here", span=span(1, 1, 2))
    for _ in range(2):
        sink.report(catalog.DUPLICATE_KEY, span(2, 1, 2), related=[first], key="k")
    assert [(found.span.file, found.span.line) for found in sink.diagnostics] == [
        ("a.yaml", 2),
        ("a.yaml", 10),
        ("b.yaml", 2),
    ]
    text = listing.render(sink.diagnostics, {"a.yaml": "k: 1\nk: 2\n"})
    assert "   a.yaml:1:1: first here\n    1 | k: 1\n      | ^\n   hint: keep one of the two\n" in text


def test_counts_and_severity() -> None:
    sink = DiagnosticSink()
    sink.report(catalog.NULL_VALUE, span(1, 1, 2), key="a")
    assert not sink.has_errors
    sink.report(RULE, span(1, 1, 2), name="a")
    sink.report(RULE, span(2, 1, 2), name="b")
    assert sink.has_errors
    assert listing.summary(sink.diagnostics) == "2 errors, 1 warning"


def test_catalog() -> None:
    found = [module.name for module in pkgutil.iter_modules(diagnostics.__path__) if module.name.endswith("catalog")]
    assert len(found) > 6
    assert {
        rule.code
        for module in (importlib.import_module(f"{diagnostics.__name__}.{name}") for name in found)
        for rule in (getattr(each, "rule", each) for each in vars(module).values())
        if isinstance(rule, Rule)
    } == set(CATALOG)
    assert all(code == rule.code for code, rule in CATALOG.items())
    for rule in CATALOG.values():
        assert not rule.wording.endswith("."), rule.code
        assert rule.hint is None or not rule.hint.endswith("."), rule.code


def test_diagnostics_are_values() -> None:
    made = [Diagnostic(code="A", severity=Severity.NOTE, message="m", span=span(1, 1, 1)) for _ in range(2)]
    assert len(set(made)) == 1


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("pathss", ["paths", "path"], "paths"),
        ("OperationID", ["operationId"], "operationId"),
        ("zzz", ["paths"], None),
        ("", ["paths"], None),
        ("x", [], None),
    ],
)
def test_nearest(name: str, known: list[str], expected: str | None) -> None:
    assert nearest(name, known) == expected
    assert did_you_mean(name, known, "otherwise") == (f"did you mean `{expected}`?" if expected else "otherwise")
