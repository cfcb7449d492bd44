"""How much a document may ask for: what is larger is refused, before it costs time and memory."""

from __future__ import annotations

import errno
import re

import attrs

_UNITS = {"": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
_AMOUNT = re.compile(r"([0-9]{1,15})([a-z]*)", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class Limits:
    """The limits. The defaults are several times what the largest public documents need (12 MB, 500,000 values)."""

    size: int = 40_000_000
    """Bytes of one file."""

    total: int = 80_000_000
    """Bytes of a document with all files that it refers to."""

    values: int = 2_500_000
    """Scalars, lists and mappings of a document with all files that it refers to."""

    properties: int = 5_000
    """Properties of one schema."""

    depth: int = 128
    """Levels of nesting. Real documents stay below 50."""

    aliases: int = 10
    """How many times larger a document may become when its YAML aliases are written out (small ones always may)."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The options of the command line that set the limits which differ from the defaults."""
        values: dict[str, int] = attrs.asdict(self)
        defaults: dict[str, int] = attrs.asdict(DEFAULT_LIMITS)
        return tuple(f"--limit={name}={value}" for name, value in values.items() if value != defaults[name])


DEFAULT_LIMITS = Limits()


@attrs.define
class Budget:
    """What the files of one document may still use of its limits."""

    limits: Limits = DEFAULT_LIMITS
    values: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.values = self.limits.values


HIGHEST = {"depth": 256}
"""Limits that can't be raised at will: the stages walk down a document by recursion."""


def parse_limit(text: str) -> tuple[str, int]:
    """The name and the value of `size=200MB`. Units are kB, MB and GB; a number without one counts bytes or things.

    Raises:
        ValueError: there is no such limit, or the value is none.
    """
    name, _, amount = text.partition("=")
    known = [field.name for field in attrs.fields(Limits)]
    if name not in known:
        raise ValueError(f"no limit is called {name!r}: there are {', '.join(known)}")
    found = _AMOUNT.fullmatch(amount)
    if found is None or found[2].lower() not in _UNITS:
        raise ValueError(f"{amount!r} is no number: write {name}=200 or {name}=200MB")
    value = int(found[1]) * _UNITS[found[2].lower()]
    if value > HIGHEST.get(name, value):
        raise ValueError(f"{name} can be {HIGHEST[name]} at most")
    return name, value


class RefusedError(OSError):
    """A file is there, but isn't read. `strerror` says why, `hint` what can be done; neither shows what it holds."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(errno.EPERM, reason)
        self.hint = hint


def too_large(limit: int) -> RefusedError:
    """The error for a file of more bytes than the limit `size`."""
    return RefusedError(
        f"it is larger than {shown_size(limit)}", "if you trust it, raise the limit with `--limit size=…`"
    )


def shown_size(count: int) -> str:
    """A number of bytes: `40 MB`."""
    for unit in ("GB", "MB", "kB"):
        factor = _UNITS[unit.lower()]
        if count >= factor:
            return f"{count / factor:.4g} {unit}"
    return f"{count} bytes"
