"""Programs that use one thing of a package each, and the file that holds all programs of a package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from sdkloom.ir.resources import Resource
from sdkloom.ir.walk import all_resources
from sdkloom.specdiff.model import Column

ANYWHERE = "*"
"""In the place of a symbol: any finding may be about it."""


@attrs.frozen(kw_only=True)
class Program:
    """A function that somebody could have written against the package.

    `body` are its lines; `client` is a client that is given to it. `parameters` are further ones, declared and never
    passed: such a program is only checked, as is one that isn't `runs`. `touches` are the symbols that it uses.

    A program that is `usual` must go on working, or something breaks. Others are written in a way that not everybody
    writes: they make objects by hand, declare variables for lists, list all values of an enum.
    """

    body: tuple[str, ...]
    touches: frozenset[str]
    usual: bool = True
    parameters: str = ""
    checked: bool = True
    runs: bool = True
    is_async: bool = False
    varies: bool = True
    """Whether it reads what comes: it runs with one response after the other."""
    awaits: bool = False
    """Whether it is there for something that may be missing, and needs a look if that never comes any more."""
    columns: frozenset[Column] = frozenset(Column)
    """What it is a witness of."""
    env: tuple[tuple[str, str], ...] = ()
    """Environment variables that are set while it runs."""
    made: str = ""
    """The pointer of the schema of an object that it makes by hand."""

    @property
    def makes_client(self) -> bool:
        """Whether it makes a client of its own, and calls something."""
        return any("http_client=http_client" in line for line in self.body)

    def source(self, name: str, package: str, class_name: str) -> list[str]:
        """The lines of the function."""
        more = f", {self.parameters}" if self.parameters else ""
        start = "async def" if self.is_async else "def"
        return [
            f"{start} {name}(client: {package}.{class_name}{more}) -> None:",
            *(f"    {line}" for line in self.body),
        ]


HEADER = """\
from __future__ import annotations

import datetime
import decimal
import itertools
import uuid
from typing import Any, Dict, Iterable, List, Literal, Mapping, NoReturn, Optional, Union

import httpx

objects: List[str] = []
reached: List[str] = []
http_client: httpx.Client = httpx.Client()


def text(value: str) -> None:
    value.upper()
    reached.append("text")


def integer(value: int) -> None:
    value.bit_length()
    reached.append("integer")


def number(value: float) -> None:
    round(value / 2, 3)
    reached.append("number")


def boolean(value: bool) -> None:
    assert value is True or value is False, value
    reached.append("boolean")


def raw(value: bytes) -> None:
    value.decode("latin-1")
    reached.append("raw")


def moment(value: datetime.datetime) -> None:
    value.astimezone(datetime.timezone.utc)
    reached.append("moment")


def day(value: datetime.date) -> None:
    value.isoweekday()
    reached.append("day")


def clock(value: datetime.time) -> None:
    value.isoformat()
    reached.append("clock")


def duration(value: datetime.timedelta) -> None:
    value.total_seconds()
    reached.append("duration")


def unique(value: uuid.UUID) -> None:
    value.urn.upper()
    reached.append("unique")


def exact(value: decimal.Decimal) -> None:
    value.as_tuple()
    reached.append("exact")


def anything(value: object) -> None:
    reached.append("anything")


def sure(claim: bool) -> None:
    assert claim
    reached.append("sure")


def by_hand(made: Any) -> None:
    objects.append(made.to_json(indent=None))
    reached.append("by hand")


def never(value: NoReturn) -> None:
    pass
"""


@attrs.frozen(kw_only=True)
class Source:
    """The file with all programs of a package, and where each of them stands."""

    text: str
    programs: tuple[Program, ...]
    lines: tuple[range, ...]
    """The lines of each program, counted from 0."""

    @property
    def checked_text(self) -> str:
        """The same, with empty lines in the place of programs that aren't checked."""
        lines = self.text.splitlines()
        for program, places in zip(self.programs, self.lines):
            if not program.checked:
                lines[places.start : places.stop] = [""] * len(places)
        return "\n".join(lines) + "\n"

    def at(self, line: int) -> int | None:
        """The number of the program that a line belongs to."""
        return next((number for number, lines in enumerate(self.lines) if line in lines), None)


def source(package: str, class_names: tuple[str, str], modules: Iterable[str], programs: Sequence[Program]) -> Source:
    """The file of some programs. `class_names` are those of the clients, `modules` what is imported besides."""
    lines = [*HEADER.splitlines(), ""]
    at = lines.index("import httpx") + 1
    lines[at:at] = ["", *(f"import {module}" for module in sorted({package, *modules}))]
    places: list[range] = []
    for number, program in enumerate(programs):
        lines += ["", ""]
        start = len(lines)
        lines += program.source(name_of(number), package, class_names[program.is_async])
        places.append(range(start, len(lines)))
    return Source(text="\n".join(lines) + "\n", programs=tuple(programs), lines=tuple(places))


def has_methods(resource: Resource) -> bool:
    """Whether a resource is of any use: without methods it is only where types are listed."""
    return any(each.methods or each.hooked for each in all_resources([resource]))


def name_of(number: int) -> str:
    """The name of a program in its file."""
    return f"program_{number}"
