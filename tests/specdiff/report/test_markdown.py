"""The report as a comment on a pull request."""

from __future__ import annotations

import re

import attrs
import pytest

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


@pytest.mark.parametrize("limit", [6_000, 9_000, 20_000])
def test_whole_findings_are_left_out_and_counted(limit: int) -> None:
    report = large(100)
    comment = markdown.render(report, limit=limit)
    assert limit * 0.8 < length(comment) < limit
    shown = [found for found in report.findings if f"`{found.id}`" in comment]
    assert 0 < len(shown) < 100
    assert shown == list(report.findings[: len(shown)])
    left = re.search(r"\*\*Left out, because a comment has an end:\*\* (.*)\. The", comment)
    assert left is not None
    numbers = [int(number) for number in re.findall(r"\d+", left[1])]
    harmless = comment.count(" is new (") + comment.count("takes more") + comment.count("the version of the API")
    assert sum(numbers) == 100 - len(shown) - harmless
    comment = re.sub(r"(`{3,}).*?\1", "", comment, flags=re.DOTALL)
    assert comment.count("<details>") == comment.count("</details>")


def test_a_comment_that_fits_leaves_nothing_out() -> None:
    assert "Left out" not in markdown.render(sample())


def test_long_changelogs_are_cut_at_lines() -> None:
    report = attrs.evolve(sample(), changelog="\n".join(f"- entry {number}" for number in range(50_000)))
    comment = markdown.render(report)
    assert length(comment) < LIMIT
    assert re.search(r"- entry \d+\n… \d+ more\n```", comment)
    assert "Left out" not in comment


def test_astral_characters_count_twice() -> None:
    report = attrs.evolve(
        sample(), findings=tuple(finding("type-added", symbols=[f"{number} " + "🦜" * 300]) for number in range(200))
    )
    assert length(markdown.render(report)) < LIMIT


def test_the_awkward_text_is_awkward() -> None:
    for part in ("<script>", "|", "`", "@", "#", "_", "🦜", "\u05e9", "\u202e", "%", "::"):
        assert part in AWKWARD
