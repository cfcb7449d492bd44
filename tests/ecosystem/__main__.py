"""Run programs of other libraries with the reference and with the generated package, and print what came of it.

    make ecosystem
    make ecosystem ARGS='instructor magentic --verbose'

Exit status 1: a program that runs with the reference fails with the generated package, or sends something else.
Exit status 2: an environment can't be made; the programs of the others have run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import attrs

from .environments import check_swap, default_cache, environment, unpacked_package
from .programs import Outcome, Program, libraries, pins, programs, run
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
    sets = libraries()
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
    not_made: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        package = unpacked_package(Path(scratch) / "generated")
        for library in options.sets or sets:
            for state in pins(library):
                try:
                    python = environment(state, options.cache, options.python)
                    check_swap(python, package)
                except (subprocess.CalledProcessError, RuntimeError) as error:
                    not_made.append(f"{library} {state.stem}: the environment can't be made: {error}")
                    print(not_made[-1], file=sys.stderr, flush=True)
                else:
                    rows += _rows(library, state, python, package)
    return _report(rows, not_made, options.verbose)


def _rows(library: str, state: Path, python: Path, package: Path) -> Iterator[Row]:
    for program in programs([library]):
        row = Row(program, state.stem, run(program, python), run(program, python, package))
        print(*row.cells(), sep="  ", file=sys.stderr, flush=True)
        yield row


def _report(rows: list[Row], not_made: list[str], verbose: bool) -> int:
    for row in rows:
        if text := details(row, verbose):
            print(f"{text}\n")
    print(table(rows))
    bad = [row for row in rows if row.is_bad]
    runs = [row for row in rows if not row.reference.failure]
    print(f"\n{len(runs)} programs run with the reference, {len(runs) - len(bad)} of them with the generated package")
    print(*not_made, sep="\n", end="\n" if not_made else "")
    return 1 if bad else 2 if not_made else 0


if __name__ == "__main__":
    sys.exit(main())
