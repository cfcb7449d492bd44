"""The page. What only a browser can tell stands in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import attrs
import pytest

from sdkloom.diagnostics.span import Span
from sdkloom.specdiff.model import Report
from sdkloom.specdiff.report import html, hunks
from sdkloom.specdiff.report.excerpts import WHOLE, Excerpt, Excerpts, Gap, Line
from sdkloom.specdiff.report.hunks import Kind

from .sample import BASE, REVISION, empty, finding, large, sample

VOID = {"meta", "link", "input", "br", "rect"}


class Page(HTMLParser):
    """Checks that tags match, and collects what the page refers to, its ids and its texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.references: list[str] = []
        self.ids: list[str] = []
        self.names: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self.policy = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"{tag} has an attribute twice"
        self.names |= {tag, *given}
        self.references += [str(given[name]) for name in ("src", "href", "action", "srcset", "data") if name in given]
        self.ids += [str(given["id"])] if "id" in given else []
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given["content"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def text(self, tag: str) -> str:
        return "".join(self.texts[tag])


@pytest.mark.parametrize("report", [sample(), empty(), large(100)], ids=["sample", "empty", "large"])
def test_the_page_is_well_formed_and_alone(report: Report) -> None:
    page = Page(html.render(report))
    assert {reference for reference in page.references if not reference.startswith("#")} == {"data:,"}
    assert {reference[1:] for reference in page.references if reference.startswith("#")} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)
    assert not [name for name in page.names if name.startswith("on") or name == "style" and "style" not in page.texts]
    assert not re.search(r"@import|url\(|https?:", page.text("style") + page.text("script"))


def test_the_policy_names_the_style_and_the_script() -> None:
    page = Page(html.render(sample()))
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.text(tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page.policy
    assert page.policy.startswith("default-src 'none'; ")
    assert "unsafe" not in page.policy


def test_texts_of_the_spec_are_escaped() -> None:
    shown = html.render(sample())
    assert shown.count("<script") == 1
    assert "&lt;script&gt;alert(&#34;1 | 2&#34;)&lt;/script&gt;" in shown
    assert "<b>the endpoint" not in shown


# Excerpts


def span(file: str, line: int, col: int, end_line: int, end_col: int) -> Span:
    return Span(file=file, line=line, col=col, end_line=end_line, end_col=end_col)


def pair(base: str, revision: str, base_span: Span | None, revision_span: Span | None) -> tuple[list[str], list[str]]:
    cutter = Excerpts({BASE: base, REVISION: revision})
    shown = cutter.pair(finding("type-added", base_span, revision_span, symbols=["a"]))
    return drawn(shown[0]), drawn(shown[1])


def drawn(excerpt: Excerpt | None) -> list[str]:
    """`12*: text`, with a star for changed lines and a bar for those around the place."""
    rows = excerpt.rows if excerpt else ()
    return [f"({row.count})" if isinstance(row, Gap) else drawn_line(row) for row in rows]


def drawn_line(line: Line) -> str:
    return f"{line.number}{'' if line.is_covered else '|'}{'*' if line.is_changed else ''}: {line.text}"


def test_a_block_is_shown_with_its_key_and_without_indentation() -> None:
    base = "top:\n  key:\n    a: 1\n    b: 2\n\n  next: 3\n"
    revision = "top:\r\n  key:\r\n    a: 1\r\n    b: 3\r\n"
    assert pair(base, revision, span(BASE, 3, 5, 6, 1), span(REVISION, 3, 5, 5, 1)) == (
        ["2: key:", "3:   a: 1", "4*:   b: 2"],
        ["2: key:", "3:   a: 1", "4*:   b: 3"],
    )


def test_a_line_is_shown_with_lines_around_it() -> None:
    text = "".join(f"k{number}: {number}\n" for number in range(1, 10))
    changed = text.replace("k5: 5", "k5: x")
    assert pair(text, changed, span(BASE, 5, 5, 5, 6), span(REVISION, 5, 5, 5, 6)) == (
        ["2|: k2: 2", "3|: k3: 3", "4|: k4: 4", "5*: k5: 5", "6|: k6: 6", "7|: k7: 7", "8|: k8: 8"],
        ["2|: k2: 2", "3|: k3: 3", "4|: k4: 4", "5*: k5: x", "6|: k6: 6", "7|: k7: 7", "8|: k8: 8"],
    )


def test_a_key_is_shown_with_its_value() -> None:
    text = "a:\n  x: 1\n  b:\n    c: 1\n\n    d:\n      - e: 2\n\n  f: 3\n"
    base, _ = pair(text, "", span(BASE, 3, 3, 3, 4), None)
    assert base == ["3*: b:", "4*:   c: 1", "5*: ", "6*:   d:", "7*:     - e: 2"]
    base, _ = pair(text, "", span(BASE, 9, 3, 9, 4), None)
    assert base == ["6|:   d:", "7|:     - e: 2", "8|: ", "9*: f: 3"]
    base, _ = pair(text, "", span(BASE, 7, 9, 7, 10), None)
    assert base == ["4|:   c: 1", "5|: ", "6|:   d:", "7*:     - e: 2", "8|: ", "9|: f: 3"]
    json = '{\n  "a": {\n    "b": 1\n  }\n}\n'
    base, _ = pair(json, "", span(BASE, 2, 3, 2, 6), None)
    assert base == ['2*: "a": {', '3*:   "b": 1']


def test_what_has_no_other_side_is_changed_as_a_whole() -> None:
    assert pair("a:\n  b: 1\nc: 2\n", "", span(BASE, 2, 3, 3, 1), None) == (["1*: a:", "2*:   b: 1"], [])
    assert pair("", "a: 1\nb: 2\n", None, span(REVISION, 2, 4, 2, 5)) == ([], ["1|: a: 1", "2*: b: 2"])


def test_long_places_are_shown_around_their_changes() -> None:
    lines = [f"  k{number}: 1" for number in range(100)]
    base = "\n".join(["a:", *lines])
    revision = "\n".join(["a:", *lines[:70], "  k70: 2", *lines[71:]])
    found, _ = pair(base, revision, span(BASE, 2, 3, 101, 9), span(REVISION, 2, 3, 101, 9))
    assert found == [
        *["1: a:", "2:   k0: 1", "3:   k1: 1", "4:   k2: 1", "(64)"],
        *[f"{number}{'*' if number == 72 else ''}:   k{number - 2}: 1" for number in range(69, 76)],
        "(26)",
    ]


def test_places_are_never_endless() -> None:
    text = "a:\n" + "".join(f"  k{number}: {number}\n" for number in range(5_000))
    found, _ = pair(text, text.replace(": ", ": x"), span(BASE, 2, 3, 5_001, 1), span(REVISION, 2, 3, 5_001, 1))
    assert len(found) <= 2 * WHOLE + 2


def test_lines_of_minified_json_are_cut_around_the_place() -> None:
    text = '{"a":"' + "x" * 5_000 + '","key":1,"b":"' + "y" * 5_000 + '"}'
    column = text.index('"key"') + 1
    (found,), _ = pair(text, "", span(BASE, 1, column, 1, column + 7), None)
    assert '"key":1' in found
    assert len(found) < 700


def test_places_without_a_text() -> None:
    assert pair("a: 1", "", span(BASE, 9, 1, 9, 2), None) == ([], [])
    assert Excerpts({}).pair(finding("type-added", span("x", 1, 1, 1, 2), symbols=["a"])) == (None, None)


# Diffs of the code

DIFF = """\
--- a/x.py
+++ b/x.py
@@ -1,3 +1,3 @@
 models = 1
-model = 2
+model = 3
@@ -9,2 +9,3 @@ def f():
 model
+other = 1
-- gone
"""


def heads(words: list[str]) -> list[str]:
    return [hunk[0].text for hunk in hunks.relevant(DIFF, words)]


def test_hunks_with_the_words_are_shown() -> None:
    first, second = "@@ -1,3 +1,3 @@", "@@ -9,2 +9,3 @@ def f():"
    assert heads(["model"]) == [first]
    assert heads(["other"]) == [second]
    assert heads(["models"]) == [first]
    assert heads(["mod"]) == heads([]) == [first, second]
    assert heads([""]) == [first, second]


def test_lines_of_diffs_lose_their_marks() -> None:
    assert [(line.kind, line.text) for line in hunks.hunks(DIFF)[1]] == [
        (Kind.HUNK, "@@ -9,2 +9,3 @@ def f():"),
        (Kind.SAME, "model"),
        (Kind.ADDED, "other = 1"),
        (Kind.REMOVED, "- gone"),
    ]


def test_long_diffs_lead_to_the_whole() -> None:
    diff = "@@ -0,0 +1,500 @@\n" + "".join(f"+line {number}\n" for number in range(500))
    found = finding("type-added", symbols=["a"], files=["a.py", "unknown.py"])
    shown = html.render(attrs.evolve(sample(), findings=(found,), code={"a.py": diff}))
    assert "441 more lines in <a href=" in shown
    assert shown.count("line 499") == 1
