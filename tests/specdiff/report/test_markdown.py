"""The report as a comment on a pull request."""

from __future__ import annotations

import re

import attrs
import pytest

from sdkloom.specdiff.model import Impact
from sdkloom.specdiff.report import markdown
from sdkloom.specdiff.report.markdown import LIMIT, code, fenced, prose, text

from .sample import AWKWARD, finding, large, sample


def length(comment: str) -> int:
    """As JavaScript counts."""
    return len(comment.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a | b", "a \\| b"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("*a* _b_ snake_case [x](y) ~z~", "\\*a\\* \\_b\\_ snake_case \\[x\\](y) \\~z\\~"),
        ("@octocat #12 a@b # 1", "@&#8203;octocat #&#8203;12 a@&#8203;b # 1"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("# a", "\\# a"),
        ("two\nlines\r\n  here", "two lines here"),
        ("lone ` tick \\", "lone \\` tick \\\\"),
    ],
)
def test_text_means_nothing(given: str, expected: str) -> None:
    assert text(given) == expected


def test_code_has_the_backticks_that_it_needs() -> None:
    assert code("a|b<c>") == "`a|b<c>`"
    assert code("a`b``c") == "```a`b``c```"
    assert code("`a") == "`` `a ``"
    assert prose("`a_b_` is *new*") == "`a_b_` is \\*new\\*"


def test_fences_cannot_be_closed_from_inside() -> None:
    assert fenced("a\n````\nb\r\n", "yaml") == "`````yaml\na\n````\nb\n`````"


def test_awkward_texts_stay_texts() -> None:
    comment = re.sub(r"(`{3,}).*?\1", "", markdown.render(sample()), flags=re.DOTALL)
    outside = re.sub(r"`[^`\n]*`", "", comment.replace("\\`", ""))
    assert "<script" not in outside
    assert "@octocat" not in outside
    assert set(re.findall(r"</?(\w+)", outside)) == {"details", "summary", "sub"}


@pytest.mark.parametrize("count", [1, 150, 2_000])
def test_comments_fit(count: int) -> None:
    assert length(markdown.render(large(count))) < LIMIT


@pytest.mark.parametrize("limit", [5_000, 9_000, 20_000, 40_000])
def test_what_has_no_room_is_counted_by_resource(limit: int) -> None:
    report = large(100)
    comment = markdown.render(report, limit=limit)
    assert length(comment) < limit
    breaks, look = (comment.partition(f"### {mark}")[2].partition("\n### ")[0] for mark in ("❌", "⚠️"))
    for part, impact in ((breaks, Impact.BREAKS), (look.partition("<details><summary>✅")[0], Impact.LOOK)):
        ids = [found.id for found in report.findings if found.verdict.worst is impact]
        told = [id for id in ids if f"`{id}`" in part]
        assert told == ids[: len(told)]
        counted = re.search(r"^- and (\d+) more: (.*)", part, re.MULTILINE)
        left = int(counted[1]) if counted else 0
        assert len(told) + left == len(ids)
        if counted:
            assert sum(int(number) for number in re.findall(r"(\d+) (?:in|elsewhere)", counted[2])) == left
    assert "Left out" not in comment
    outside = re.sub(r"(`{3,}).*?\1", "", comment, flags=re.DOTALL)
    assert outside.count("<details>") == outside.count("</details>")


def test_a_comment_that_fits_has_every_finding() -> None:
    comment = markdown.render(sample())
    assert all(f"`{found.id}`" in comment for found in sample().findings)


def test_long_changelogs_are_not_cut() -> None:
    report = attrs.evolve(sample(), changelog="\n".join(f"- entry {number}" for number in range(50_000)))
    comment = markdown.render(report)
    assert length(comment) < LIMIT
    assert "entry 1" not in comment
    assert "The changelog entry has 50000 lines" in comment


def test_astral_characters_count_twice() -> None:
    report = attrs.evolve(
        sample(), findings=tuple(finding("type-added", symbols=[f"{number} " + "🦜" * 300]) for number in range(200))
    )
    assert length(markdown.render(report)) < LIMIT


def test_the_awkward_text_is_awkward() -> None:
    for part in ("<script>", "|", "`", "@", "#", "_", "🦜", "\u05e9", "\u202e", "%", "::"):
        assert part in AWKWARD
