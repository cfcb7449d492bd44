"""How the rule table is written."""

from __future__ import annotations

from typing import Union

import attrs

from ..model import Impact, Rule, Section, Verdict

RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the table."""

ADDED, REMOVED, CHANGED = Section.ADDED, Section.REMOVED, Section.CHANGED
DEPRECATED, DOCUMENTATION, INTERNAL = Section.DEPRECATED, Section.DOCUMENTATION, Section.INTERNAL

KEEP = "keep the old name with the lines for sdk.yaml below"

SAME_ON_THE_WIRE = "; the API's name is the same"
_STILL_WORKS = "; the old name still works, and warns"

_IMPACTS = {"o": Impact.OK, "l": Impact.LOOK, "b": Impact.BREAKS}


Row = Union[tuple[str, Section, str], tuple[str, Section, str, str]]
"""Verdict, section, wording, and perhaps a hint."""


def rule(
    id: str, verdict: str, section: Section, wording: str, hint: str | None = None, keeping: str | None = None
) -> Rule:
    """Add an entry to the table. `verdict` has a letter for each column: `o` fine, `l` needs a look, `b` breaks.

    Raises:
        ValueError: there is a rule of this id.
    """
    if id in RULES:
        raise ValueError(f"rule {id} is defined twice")
    impacts = Verdict(*(_IMPACTS[letter] for letter in verdict))
    made = Rule(id=id, verdict=impacts, section=section, wording=wording, hint=hint, keeping=keeping)
    RULES[id] = made
    return made


@attrs.frozen(kw_only=True)
class ByDirection:
    """A fact about a type, judged by the direction in which its values go."""

    request: Rule
    response: Rule


def by_direction(id: str, *, request: Row, response: Row) -> ByDirection:
    """Add both rules for a fact about a type to the table, `request-id` and `response-id`."""
    return ByDirection(request=_from_row(f"request-{id}", request), response=_from_row(f"response-{id}", response))


def _from_row(id: str, row: Row) -> Rule:
    return rule(id, row[0], row[1], row[2], row[3] if len(row) == 4 else None)


@attrs.frozen(kw_only=True)
class RenameRules:
    """Another name for the same thing, judged by whether sdk.yaml keeps the old one."""

    lost: Rule
    kept: Rule


def renamed(
    id: str,
    verdict: str,
    wording: str,
    remedy: str | None = None,
    *,
    remedy_if_kept: str | None = None,
    note: str = "",
    kept_typing: str = "o",
) -> RenameRules:
    """Add both rules for a rename to the table, `id` and `id-kept`.

    `verdict` is that of the lost name, and `note` is what is only said of it. `remedy` is what the server can do. A
    name that is kept is fine for type checkers unless `kept_typing` says else, and needs a look at run time: it warns.
    """
    kept_wording = wording.replace("probably ", "") + _STILL_WORKS
    return RenameRules(
        lost=rule(id, verdict, CHANGED, wording + note, f"{remedy}; {KEEP}" if remedy else KEEP),
        kept=rule(f"{id}-kept", f"{verdict[0]}{kept_typing}l", DEPRECATED, kept_wording, remedy_if_kept or remedy),
    )
