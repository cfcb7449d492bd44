"""The check `order`: the output depends on what the spec means, not on hash seeds nor on the order of keys."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..source.load import load
from ..source.nodes import plain
from . import process
from .outcome import Outcome
from .target import Target

HASH_SEEDS = ("0", "1", "4242")
SHUFFLES = 2

_PROGRAM = """\
import json, sys

sys.path[:] = json.loads(sys.argv.pop(1))

from sdkloom.cli.main import main

raise SystemExit(main())
"""
"""The command, with the modules of this process and none of the working folder."""

ORDERED = {"properties", "resources", "methods", "values", "headers", "errors", "webhooks", "callbacks", "content"}
"""Below these keys the order is the order of the Python code: fields, resources, methods, listed values, webhooks. Of
equally good media types the first one is sent."""

VERBATIM = {"arguments", "example", "examples", "default"}
"""Printed as it stands: the README's call, and arguments of request tests."""


def shuffled(value: Any, chance: random.Random, parent: str = "") -> Any:
    """`value` with the keys of its mappings in another order, where that has no meaning."""
    if parent in VERBATIM:
        return value
    if isinstance(value, dict):
        mapping = cast("dict[str, Any]", value)
        keys = list(mapping)
        if parent not in ORDERED:
            chance.shuffle(keys)
        return {key: shuffled(mapping[key], chance, key) for key in keys}
    if isinstance(value, list):
        return [shuffled(item, chance) for item in cast("list[Any]", value)]
    return value


def shuffled_text(path: str, text: str, chance: random.Random) -> str:
    """A YAML or JSON file that says the same in another order."""
    root = load(path, text, DiagnosticSink())
    return text if root is None else json.dumps(shuffled(plain(root), chance), indent=1)


def check(target: Target, seed: int, outcome: Outcome) -> None:
    """Run the check: generate again with other hash seeds, and with the keys of the input shuffled by `seed`."""
    for hash_seed in HASH_SEEDS:
        _hash_seed(target, hash_seed, outcome)
    for turn in range(SHUFFLES):
        chance = random.Random(f"{seed} {turn}")

        def change(path: str, text: str, chance: random.Random = chance) -> str:
            return shuffled_text(path, text, chance)

        sink = DiagnosticSink()
        files = target.generate_again(change, sink)
        if files is None:
            first = sink.diagnostics[0].message if sink.diagnostics else "nothing"
            outcome.fail(run_catalog.OUTPUT_DIFFERS, target.start, what=f"shuffled keys (turn {turn})", error=first)
        else:
            _compare(target, files, f"shuffled keys (turn {turn})", outcome)
    outcome.count(len(HASH_SEEDS), "hash seeds")
    outcome.count(SHUFFLES, "orders of keys")
    outcome.count(len(target.files), "files")


def _hash_seed(target: Target, hash_seed: str, outcome: Outcome) -> None:
    """`sdkloom generate --check` in another process, which writes nothing, also not beside the spec."""
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as folder:
        for path, text in target.files.items():
            process.write(Path(folder, path), text)
        arguments = [*target.command, "--check", "--out", folder]
        run = process.run_python(_PROGRAM, arguments, PYTHONHASHSEED=hash_seed, NO_COLOR="1")
    if run.returncode == 0:
        return
    found = [(one, two) for one, two in _diffs(run.stdout) if folder in one + two]
    if "--- " not in run.stdout:  # it failed in another way
        errors = [line for line in run.stderr.splitlines() if ": error[" in line] or run.stderr.splitlines()[-1:]
        found.append(("", errors[0] if errors else "it failed"))
    for before, after in found:
        error = f"{before} became {after}".replace(f"{folder}/", "") if before else after
        outcome.fail(run_catalog.OUTPUT_DIFFERS, target.start, what=f"hash seed {hash_seed}", error=error)


def _diffs(text: str) -> Iterator[tuple[str, str]]:
    """Each file of a unified diff: its path with the first line that went, and the first one that came."""
    for part in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        old, new, *body = part.split("\n")
        path = old if old != "/dev/null" else new.removeprefix("+++ ")
        gone = next((line[1:].strip() for line in body if line.startswith("-")), "nothing")
        came = next((line[1:].strip() for line in body if line.startswith("+")), "nothing")
        yield f"`{path.removesuffix(' (generated)')}`: `{gone}`", f"`{came}`"


def _compare(target: Target, files: Mapping[str, str], what: str, outcome: Outcome) -> None:
    for path in sorted({*files, *target.files}):
        one, two = target.files.get(path), files.get(path)
        if one != two:
            error = f"`{path}` {_difference(one, two)}"
            outcome.fail(run_catalog.OUTPUT_DIFFERS, target.start, what=what, error=error)


def _difference(one: str | None, two: str | None) -> str:
    if one is None or two is None:
        return "is new" if one is None else "is missing"
    pairs = zip([*one.splitlines(), ""], [*two.splitlines(), ""])
    line, (first, second) = next(((at, pair) for at, pair in enumerate(pairs, 1) if pair[0] != pair[1]), (0, ("", "")))
    return f"differs in line {line}: `{first.strip()}` became `{second.strip()}`"
