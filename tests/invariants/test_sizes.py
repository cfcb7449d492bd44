"""Files and functions stay small enough to read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAX_FUNCTION = 60
MAX_FILE = 450
MAX_TEMPLATE = 120
MAX_FRAGMENT = 40
MAX_SNAPSHOTS = 15_000


def python_files() -> Iterator[Path]:
    for folder in ("generator", "templates", "tests", "benchmarks", "examples"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.is_file() and "expected" not in path.parts and "__pycache__" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.jinja"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", list(python_files()), ids=label)
def test_python_files_and_functions(path: Path) -> None:
    assert lines(path) <= MAX_FILE
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", list(templates()), ids=label)
def test_templates(path: Path) -> None:
    is_fragment = "hooks" in path.relative_to(ROOT / "templates").parts
    assert lines(path) <= (MAX_FRAGMENT if is_fragment else MAX_TEMPLATE)


def test_snapshots() -> None:
    tests = ROOT / "tests"
    texts = ("errors/*/expected.txt", "specdiff/*/*/expected.txt", "specdiff/**/*.ambr")
    found = [*tests.glob("cases/*/expected/**/*"), *(path for pattern in texts for path in tests.glob(pattern))]
    snapshots = [path for path in found if path.is_file()]
    assert snapshots
    assert sum(map(lines, snapshots)) < MAX_SNAPSHOTS
