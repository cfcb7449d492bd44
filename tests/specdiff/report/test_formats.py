"""What holds for every format. `make snapshots` writes `expected/`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from sdkloom.specdiff.model import Report
from sdkloom.specdiff.report import github, html, json_report, junit, markdown, text

from .sample import empty, large, sample, small

pytestmark = pytest.mark.filterwarnings("ignore:\\s*Can not relate snapshot")

HERE = Path(__file__).parent


def wide(report: Report) -> str:
    return text.render(report, width=120, color=False)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": wide,
    "full": lambda report: text.render(report, width=80, color=True, full=True),
    "markdown": markdown.render,
    "json": json_report.render,
    "github": github.render,
    "junit": junit.render,
    "html": html.render,
}

SNAPSHOTS: dict[str, Callable[[], str]] = {
    "wide.txt": lambda: wide(sample()),
    "narrow.txt": lambda: text.render(sample(), width=60, color=False),
    "color.txt": lambda: text.render(small(), width=60, color=True).replace("\033", "^"),
    "full.txt": lambda: text.render(small(), width=120, color=False, full=True),
    "comment.md": lambda: markdown.render(sample()),
    "annotations.txt": lambda: github.render(sample()),
    "report.json": lambda: json_report.render(small()),
    "junit.xml": lambda: junit.render(small()),
    "page.html": lambda: without_assets(html.render(small())),
    "empty.txt": lambda: wide(empty()),
    "empty.md": lambda: markdown.render(empty()),
    "empty.json": lambda: json_report.render(empty()),
    "empty-annotations.txt": lambda: github.render(empty()),
    "empty.xml": lambda: junit.render(empty()),
    "empty.html": lambda: without_assets(html.render(empty())),
}


class ReportFile(SingleFileSnapshotExtension):
    """The snapshot is a file of that name in `expected/`."""

    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(HERE / "expected")

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: int | str = 0) -> str:
        return str(index)

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: int | str) -> str:
        return str(HERE / "expected" / str(index))


def without_assets(page: str) -> str:
    """The page without its style and script, and so without their hashes."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", page, flags=re.DOTALL)
    return re.sub(r"'sha256-[^']*'", "'sha256-…'", page)


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_expected(name: str, snapshot: SnapshotAssertion) -> None:
    assert SNAPSHOTS[name]() == snapshot(name=name, extension_class=ReportFile)


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_that_matters_is_told(name: str) -> None:
    report = sample()
    shown = FORMATS[name](report)
    for finding in report.findings:
        if finding.verdict.worst.rank and not (finding.cause and name == "text"):
            assert finding.id in shown


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_report_says_so(name: str) -> None:
    shown = FORMATS[name](empty())
    assert ("Nothing changed" in shown) is (name != "json")
    assert shown.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_ignored_findings_says_so(name: str) -> None:
    shown = FORMATS[name](attrs.evolve(empty(), ignored=sample().ignored))
    if name not in {"json", "junit"}:
        assert "Nothing is left to report: 2 findings are ignored" in shown.replace("\033[1m", "")
    if name != "github":
        assert "2026-12-31" in shown


@pytest.mark.parametrize("name", FORMATS)
def test_no_character_steers_what_shows_it(name: str) -> None:
    odd = attrs.evolve(
        sample().findings[0],
        message="\x1b[31m \x07 \u202e \ud800 \ufffe",
        hint="\x9b",
        suggestion="a: \x1b\n",
        symbols=("\x1b",),
    )
    report = attrs.evolve(sample(), findings=(odd,), changelog="\x1b \u2066", base="\x1b")
    shown = FORMATS[name](report)
    plain = re.sub(r"\033\[[0-9;]*m", "", shown) if name == "full" else shown
    assert not set(plain) & set("\x1b\x07\x9b\u202e\u2066\ud800\ufffe")
    assert shown.encode("utf-8")


def test_the_same_report_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.specdiff.report.test_formats import FORMATS, sample;"
        "print([hashlib.sha256(render(sample()).encode()).hexdigest() for render in FORMATS.values()])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=HERE.parents[2],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "generator"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_large_reports(name: str) -> None:
    assert FORMATS[name](large(300))
