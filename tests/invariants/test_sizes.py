"""Files and functions stay small enough to read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MAX_FUNCTION = 60
MAX_FILE = 450
MAX_TEMPLATE = 120
MAX_FRAGMENT = 40
MAX_SNAPSHOTS = 16_500


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


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > MAX_FUNCTION:
                yield f"{label(path)}: {node.name} has {length} lines"


def test_python_files() -> None:
    files = list(python_files())
    assert len(files) > 300
    assert [f"{label(path)} has {lines(path)} lines" for path in files if lines(path) > MAX_FILE] == []


def test_functions() -> None:
    assert [line for path in python_files() for line in long_functions(path)] == []


def test_templates() -> None:
    found = list(templates())
    assert len(found) > 20
    limits = {
        path: MAX_FRAGMENT if "hooks" in path.relative_to(ROOT / "templates").parts else MAX_TEMPLATE for path in found
    }
    assert [f"{label(path)} has {lines(path)} lines" for path, limit in limits.items() if lines(path) > limit] == []


def test_snapshots() -> None:
    tests = ROOT / "tests"
    texts = ("errors/*/expected.txt", "specdiff/*/*/expected.txt", "specdiff/**/*.ambr")
    found = [*tests.glob("cases/*/expected/**/*"), *(path for pattern in texts for path in tests.glob(pattern))]
    snapshots = [path for path in found if path.is_file()]
    assert snapshots
    assert sum(map(lines, snapshots)) < MAX_SNAPSHOTS
