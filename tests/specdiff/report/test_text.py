"""The report for a terminal."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdkloom.diagnostics.terminal import columns, printable
from sdkloom.specdiff.report import text
from sdkloom.specdiff.report.wrapping import MIN_WIDTH, Run, prose, wrapped

from .sample import finding, sample

CODE = re.compile(r"\033\[[0-9;]*m")
STYLES = st.sampled_from(["", "1", "36"])
WORDS = st.text(st.sampled_from("ab `\u4f60\u597d\u0301🦜\u05e9\t\n"), max_size=80)


def plain(shown: str) -> str:
    return CODE.sub("", shown)


@pytest.mark.parametrize("width", [40, 60, 77, 120, 200])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_asked(width: int, full: bool) -> None:
    report = sample()
    exempt = {f"    {line}" for found in report.findings if found.suggestion for line in found.suggestion.splitlines()}
    lines = text.render(report, width=width, color=False, full=full).splitlines()
    assert [line for line in lines if columns(line) > width and line not in exempt] == []


@pytest.mark.parametrize("width", [60, 77, 120])
def test_colours_change_nothing_but_backticks(width: int) -> None:
    colored = text.render(sample(), width=width, color=True)
    bare = text.render(sample(), width=width, color=False)
    assert plain(colored).replace("`", "").split() == bare.replace("`", "").split()


def test_every_line_ends_in_its_own_colours() -> None:
    for line in text.render(sample(), width=50, color=True).splitlines():
        codes = CODE.findall(line)
        assert all(code == "\033[0m" for code in codes[1::2])
        assert all(code != "\033[0m" for code in codes[::2])
        assert len(codes) % 2 == 0


@given(runs=st.lists(st.builds(Run, WORDS, STYLES), max_size=5), width=st.integers(MIN_WIDTH, 60), color=st.booleans())
def test_wrapping_keeps_widths_and_words(runs: list[Run], width: int, color: bool) -> None:
    lines = list(wrapped(runs, width, color, "1234 ", "    "))
    assert all(columns(plain(line)) <= width for line in lines)
    written = "".join(line[5 if not number else 4 :] for number, line in enumerate(map(plain, lines)))
    assert written.replace(" ", "") == "".join(printable(run.text.replace("\n", " ")) for run in runs).replace(" ", "")


def test_words_longer_than_the_line_are_chopped() -> None:
    assert list(wrapped([Run("ab cdefghij k")], 6, False, "- ")) == ["- ab", "  cdef", "  ghij", "  k"]
    assert list(wrapped([Run("\u4f60\u4f60\u4f60")], 5, False)) == ["\u4f60\u4f60", "\u4f60"]


def test_code_keeps_its_backticks_without_colours() -> None:
    assert list(wrapped(prose("use `a b` now", False), 80, False)) == ["use `a b` now"]
    assert list(wrapped(prose("use `a b` now", True), 80, True)) == ["use \033[36ma b\033[0m now"]


def test_suggestions_are_ready_to_copy() -> None:
    line = "key: " + "x" * 200
    report = attrs.evolve(sample(), findings=(finding("type-renamed", symbols=["a"], old="b", suggestion=f"{line}\n"),))
    assert f"\n    {line}\n" in text.render(report, width=60, color=True)


def test_own_drawing_is_ascii() -> None:
    report = attrs.evolve(sample(), findings=[found for found in sample().findings if found.message.isascii()])
    assert text.render(report, width=80, color=True).isascii()


def test_documentation_is_counted_and_told_when_full() -> None:
    sentence = "the documentation of `anthropic.types.Message.id` changed"
    assert sentence not in text.render(sample(), width=120, color=False)
    assert sentence in text.render(sample(), width=120, color=False, full=True)
    assert "DOCUMENTATION ONLY (2)" in text.render(sample(), width=120, color=False)
