"""Run programs of other libraries with the reference and with the generated package, and print what came of it.

    make ecosystem
    make ecosystem ARGS='instructor magentic --verbose'

Exit status 1: a program that runs with the reference fails with the generated package, or sends something else.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from difflib import unified_diff
from pathlib import Path

import attrs

from .environments import check_swap, default_cache, environment, unpacked_package
from .programs import SETS, Outcome, Program, pins, programs, run
from .server import normal


@attrs.frozen
class Row:
    """One program with both packages."""

    program: Program
    time: str
    reference: Outcome
    ours: Outcome

    @property
    def different(self) -> str:
        """How the requests differ; empty if they don't."""
        reference, ours = [normal(outcome.requests).splitlines() for outcome in (self.reference, self.ours)]
        return "\n".join(unified_diff(reference, ours, "reference", "generated", lineterm="", n=2))

    @property
    def is_bad(self) -> bool:
        """Whether it runs with the reference and not, or not so, with the generated package."""
        return not self.reference.failure and bool(self.ours.failure or self.different)

    def cells(self) -> tuple[str, str, str, str]:
        """What the table says."""
        reference = "fails" if self.reference.failure else "runs"
        ours = "FAILS" if self.ours.failure else "runs"
        sent = f"{len(self.ours.requests)} requests, " + ("DIFFERENT" if self.different else "equal")
        return self.name, reference, ours, "" if self.ours.failure else sent

    @property
    def name(self) -> str:
        """`instructor/partial 2024-09`."""
        return f"{self.program.library}/{self.program.name} {self.time}"


def table(rows: list[Row]) -> str:
    """The rows with aligned columns."""
    lines = [("program", "reference", "generated", "sent"), *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def details(row: Row, verbose: bool) -> str:
    """Why a row isn't as it ought to be."""
    name = row.name
    found = [f"{name}, {what}: {outcome.failure}" for what, outcome in _outcomes(row) if outcome.failure]
    if verbose:
        found += [f"{name}, {what}:\n{outcome.output}" for what, outcome in _outcomes(row) if outcome.failure]
    if not row.ours.failure and not row.reference.failure and row.different:
        found.append(f"{name}, requests:\n{row.different}")
    return "\n".join(found)


def _outcomes(row: Row) -> list[tuple[str, Outcome]]:
    return [("reference", row.reference), ("generated", row.ours)]


def main(arguments: list[str] | None = None) -> int:
    """Run what the arguments name; return the exit status."""
    sets = sorted(path.name for path in SETS.iterdir() if path.is_dir())
    parser = argparse.ArgumentParser(prog="make ecosystem", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"libraries: {', '.join(sets)}")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where environments are kept")
    parser.add_argument("--python", default=sys.executable, help="the Python of new environments")
    parser.add_argument("--verbose", action="store_true", help="print all that a failing program printed")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.sets) - set(sets))
    if unknown:
        parser.error(f"there is no set {', '.join(unknown)}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        package = unpacked_package(Path(scratch) / "generated")
        for library in options.sets or sets:
            for state in pins(library):
                try:
                    python = environment(state, options.cache, options.python)
                except subprocess.CalledProcessError as error:
                    print(f"{library}: the environment can't be made: {error}", file=sys.stderr)
                    return 2
                check_swap(python, package)
                for program in programs([library]):
                    rows.append(Row(program, state.stem, run(program, python), run(program, python, package)))
                    print(*rows[-1].cells(), sep="  ", file=sys.stderr, flush=True)
    for row in rows:
        if text := details(row, options.verbose):
            print(f"{text}\n")
    print(table(rows))
    bad = [row for row in rows if row.is_bad]
    runs = [row for row in rows if not row.reference.failure]
    print(f"\n{len(runs)} programs run with the reference, {len(runs) - len(bad)} of them with the generated package")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
