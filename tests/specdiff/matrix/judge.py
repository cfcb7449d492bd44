"""What is right to find for a change at a place, told by values, by what is printed and by the keywords that differ.
No rule of the comparison is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import attrs

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.model import Column, Finding, Impact, Section
from sdkloom.specdiff.state import SpecState

from ..spec_states import spec_state
from .places import Place, Way
from .printed import Name, Printed, members, printed
from .schemas import Change, Json
from .values import Fit, fit_of

QUIET = (Section.DOCUMENTATION, Section.INTERNAL)
ANNOTATIONS = (
    "format",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "contentMediaType",
    "contentEncoding",
    "discriminator",
)
"""Keywords that say something of values, and that no validator asks (JSON Schema 2020-12 validation §7 to §9)."""


@attrs.frozen(kw_only=True)
class Cell:
    """A change at a place, and what is wrong with what is found."""

    place: Place
    change: Change
    rules: tuple[str, ...]
    wrong: tuple[str, ...]


def judged(place: Place, change: Change) -> Cell | None:
    """Compare a document with itself after a change; `None` if one of the two can't be generated, or if such a place
    doesn't hold such values."""
    if place.kinds is not None and not all(_kinds(each) <= place.kinds for each in (change.old, change.new)):
        return None
    texts = [json.dumps(place.document(schema)) for schema in (change.old, change.new)]
    old, new = map(_state, texts)
    if old is None or new is None:
        return None
    findings = compare(old, new)
    wrong = tuple(_wrong(place, change, findings, (_package(texts[0]), _package(texts[1]))))
    return Cell(place=place, change=change, rules=tuple(found.rule.id for found in findings), wrong=wrong)


def _kinds(schema: Json) -> frozenset[str]:
    """The kinds of values that a schema names, and `anything` if it names none."""
    named = schema.get("type", ())
    found = frozenset([named] if isinstance(named, str) else named)
    inner = [each for key in ("anyOf", "oneOf", "allOf") for each in schema.get(key, ())]
    if "enum" in schema or "const" in schema:
        return found or frozenset({"string"})
    return found.union(*map(_kinds, inner)) or frozenset({"anything"})


@cache
def _state(text: str) -> SpecState | None:
    try:
        return spec_state({"zoo.json": text}, "zoo.json")
    except AssertionError:  # the generator refuses it
        return None


@cache
def _package(text: str) -> Printed:
    state = _state(text)
    assert state is not None
    return printed(state.api)


def forget() -> None:
    """Free what is kept of the documents so far."""
    _state.cache_clear()
    _package.cache_clear()


def _wrong(
    place: Place, change: Change, findings: tuple[Finding, ...], packages: tuple[Printed, Printed]
) -> Iterator[str]:
    fit = fit_of(change, place.wrap)
    noted = {*annotations(change.old)} != {*annotations(change.new)}
    is_open = (
        noted or change.is_undecided or place.wrap.is_condition or {*declared(change.old)} - {*declared(change.new)}
    )
    is_printed = packages[0].code != packages[1].code
    changes_values = bool(fit.lost or fit.won)
    loud = [found for found in findings if found.rule.section not in QUIET or found.verdict.worst is not Impact.OK]
    if (changes_values or noted or is_printed) and not _told(findings):
        yield "silent"
    if not (changes_values or noted or is_printed or change.is_undecided) and loud:
        yield "nothing changes"
    yield from _least(findings, _of_values(place, fit, _returned(packages[0]) != _returned(packages[1])))
    yield from _least(findings, _of_names(packages[0].names, packages[1].names))
    yield from _most(place, fit, findings, is_printed, bool(is_open))


def _told(findings: Iterable[Finding]) -> bool:
    return any(found.rule.section is not Section.DOCUMENTATION for found in findings)


def _worst(findings: Iterable[Finding], column: Column) -> Impact:
    return max((found.verdict.of(column) for found in findings), key=lambda impact: impact.rank, default=Impact.OK)


def _least(findings: Iterable[Finding], least: dict[Column, tuple[Impact, str]]) -> Iterator[str]:
    for column, (impact, why) in least.items():
        found = _worst(findings, column)
        if found.rank < impact.rank:
            yield f"{column.value} is {found.value}, at least {impact.value} is right: {why}"


def _returned(package: Printed) -> dict[str, Name]:
    return {symbol: name for symbol, name in package.names.items() if name.kind in ("attribute", "alias", "class")}


def _of_values(place: Place, fit: Fit, is_told: bool) -> dict[Column, tuple[Impact, str]]:
    found: dict[Column, tuple[Impact, str]] = {}
    if place.way in (Way.SENT, Way.BOTH) and fit.lost_of_declared:
        found[Column.WIRE] = Impact.LOOK, f"{json.dumps(fit.lost_of_declared[0])} may be sent no longer"
    if place.way in (Way.RECEIVED, Way.BOTH) and not place.wrap.is_condition:
        for what, names in (("can come", fit.kinds_won), ("can be missing", fit.keys_lost)):
            if names and is_told:  # if not, the package never told that they can't
                found[Column.WIRE] = Impact.LOOK, f"{', '.join(sorted(names))} {what}"
    return found


def _of_names(old: dict[str, Name], new: dict[str, Name]) -> dict[Column, tuple[Impact, str]]:
    found: dict[Column, tuple[Impact, str]] = {}

    def at_least(column: Column, impact: Impact, why: str) -> None:
        if column not in found or found[column][0].rank < impact.rank:
            found[column] = impact, why

    for symbol, before in old.items():
        after = new.get(symbol)
        if after is None:
            if _owner(symbol) in new or before.kind in ("class", "alias"):
                at_least(Column.TYPING, Impact.BREAKS, f"{symbol} is gone")
                if before.kind != "key":
                    at_least(Column.RUNTIME, Impact.LOOK, f"{symbol} is gone")
            continue
        if before.kind != after.kind:
            at_least(Column.TYPING, Impact.LOOK, f"{symbol} is another thing")
            continue
        if before.kind in ("key", "parameter"):
            if after.is_required and not before.is_required:
                at_least(Column.TYPING, Impact.BREAKS, f"{symbol} must be given")
            if lost := _uncovered(before.annotation, after.annotation):
                at_least(Column.TYPING, Impact.LOOK, f"{symbol} can't be {lost}")
        elif before.kind == "attribute" and (won := _uncovered(after.annotation, before.annotation)):
            at_least(Column.TYPING, Impact.LOOK, f"{symbol} can be {won}")
    for symbol, after in new.items():
        if symbol not in old and after.kind in ("key", "parameter") and after.is_required and _owner(symbol) in old:
            at_least(Column.TYPING, Impact.BREAKS, f"{symbol} is new and must be given")
    return found


def _owner(symbol: str) -> str:
    return f"{symbol.partition('(')[0]}()" if symbol.endswith("=)") else symbol.rpartition(".")[0]


def _uncovered(annotation: str, by: str) -> str:
    """Alternatives of one annotation that no alternative of the other takes."""
    others = members(by)
    return ", ".join(sorted(member for member in members(annotation) if not _covered(member, others)))


def _covered(member: str, others: frozenset[str]) -> bool:
    if member in others or "object" in others or (member == "int" and "float" in others):
        return True
    if member[:1] in "'\"":
        return "str" in others
    if member.isdigit():
        return bool({"int", "float"} & others)
    if member.startswith(("Iterable[", "List[")):  # who takes any iterable takes lists, and those of less
        held = member.partition("[")[2].removesuffix("]")
        return any(
            other.startswith("Iterable[") and not _uncovered(held, other.removeprefix("Iterable[").removesuffix("]"))
            for other in others
        )
    return False


def _most(place: Place, fit: Fit, findings: tuple[Finding, ...], is_printed: bool, is_open: bool) -> Iterator[str]:
    if not is_printed and _worst(findings, Column.TYPING) is not Impact.OK:
        yield "typing isn't ok, and the same is printed"
    harmless = {
        Way.SENT: not fit.lost,
        Way.RECEIVED: not fit.won,
        Way.BOTH: not fit.lost and not fit.won,
        Way.FAILURE: not fit.won,
        Way.PUSHED: not fit.won,
        Way.NOWHERE: not fit.won and not fit.lost,
    }[place.way]
    if harmless and not is_open and _worst(findings, Column.WIRE) is not Impact.OK:
        yield "wire isn't ok, and all values fit that fitted"
    if harmless and not is_open and not is_printed and _worst(findings, Column.RUNTIME) is not Impact.OK:
        yield "runtime isn't ok, and nothing else happens"


def annotations(schema: Json, path: str = "") -> Iterator[str]:
    """Return what a schema says of values beside what it asks of them, and where."""
    for key, value in sorted(schema.items()):
        if key in ANNOTATIONS:
            yield f"{path}/{key}: {value!r}"
        if key == "contentSchema":
            yield f"{path}/{key}: {json.dumps(value, sort_keys=True)}"
    for where, inner in _inside(schema):
        yield from annotations(inner, f"{path}/{where}" if where not in ("allOf",) else path)


def declared(schema: Json, path: str = "") -> Iterator[str]:
    """Return the keys that a schema names: senders of one that it names no longer had better look."""
    for name in schema.get("properties", {}):
        yield f"{path}/{name}"
    for where, inner in _inside(schema):
        yield from declared(inner, f"{path}/{where}" if where not in ("allOf",) else path)


def _inside(schema: Json) -> Iterator[tuple[str, Json]]:
    for key in ("properties", "patternProperties"):
        for name, inner in schema.get(key, {}).items():
            if isinstance(inner, dict):
                yield name, inner
    for key in ("items", "additionalProperties"):
        inner: Any = schema.get(key)
        if isinstance(inner, dict):
            yield key, inner
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for inner in schema.get(key, []):
            yield key, inner
