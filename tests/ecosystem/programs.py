"""The programs: what they are, how one is run, and what came of it."""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from .server import Reply, serving

SETS = Path(__file__).parent / "sets"
SECONDS = 120


@attrs.frozen
class Program:
    """One file of a set. `REPLIES` at its top are what the server responds with."""

    path: Path

    @property
    def library(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def replies(self) -> list[Reply]:
        for node in ast.parse(self.path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "REPLIES":
                return eval(compile(ast.Expression(node.value), str(self.path), "eval"))
        return []


@attrs.frozen
class Outcome:
    """What came of one run. `failure` is the last line of the traceback, `output` all that was printed."""

    requests: list[Any]
    failure: str = ""
    output: str = ""


def libraries() -> list[str]:
    """The names of all sets."""
    return sorted(path.name for path in SETS.iterdir() if path.is_dir())


def programs(names: Iterable[str] = ()) -> Iterator[Program]:
    """All programs, or those of the libraries named, in order."""
    wanted = set(names)
    for path in sorted(SETS.glob("*/*.py")):
        if not wanted or path.parent.name in wanted:
            yield Program(path)


def pins(library: str) -> list[Path]:
    """The states of a library and all that it needs, oldest first: `2024-09.txt`."""
    return sorted((SETS / library).glob("*.txt"))


def run(program: Program, python: Path, package: Path | None = None) -> Outcome:
    """Run a program against a server of its own. `package`: a folder that stands before the libraries."""
    with serving(program.replies) as server:
        variables = {key: value for key, value in os.environ.items() if not key.startswith(("ANTHROPIC", "PYTHON"))}
        variables |= {"ANTHROPIC_BASE_URL": server.url, "ANTHROPIC_API_KEY": "sk-ant-key", "NO_PROXY": "*"}
        if package is not None:
            variables["PYTHONPATH"] = str(package)
        try:
            done = subprocess.run(
                [python, program.path],
                env=variables,
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            return Outcome(server.seen, f"still running after {SECONDS} s")
    output = done.stdout + done.stderr
    if done.returncode == 0:
        return Outcome(server.seen, output=output)
    lines = [line for line in done.stderr.splitlines() if line[:1].strip()]
    return Outcome(server.seen, lines[-1] if lines else f"exit status {done.returncode}", output)
