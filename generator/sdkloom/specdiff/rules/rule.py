"""How the rule table is written."""

from __future__ import annotations

import attrs

from ..model import Impact, Rule, Section, Verdict

RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the table."""

ADDED, REMOVED, CHANGED = Section.ADDED, Section.REMOVED, Section.CHANGED
DEPRECATED, DOCUMENTATION, INTERNAL = Section.DEPRECATED, Section.DOCUMENTATION, Section.INTERNAL

KEEP = "keep the old name with the lines for sdk.yaml below"

_IMPACTS = {"o": Impact.OK, "l": Impact.LOOK, "b": Impact.BREAKS}


def rule(id: str, verdict: str, section: Section, wording: str, hint: str | None = None) -> Rule:
    """A new entry of the table."""
    if id in RULES:
        raise ValueError(f"rule {id} is defined twice")
    impacts = Verdict(*(_IMPACTS[letter] for letter in verdict))
    made = RULES[id] = Rule(id=id, verdict=impacts, section=section, wording=wording, hint=hint)
    return made


@attrs.frozen(kw_only=True)
class Sides:
    """A fact about a type, judged by the direction in which its values go."""

    request: Rule
    response: Rule
