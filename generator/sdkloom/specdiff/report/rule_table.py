"""The rule table as Markdown: `docs/diff-rules.md`, which `sdkloom diff --rules` prints."""

from __future__ import annotations

from types import ModuleType

import attrs

from ..model import Column, Rule
from ..rules import ByDirection, RenameRules, client, document, methods, types
from .overview import IMPACT_WORDS

_MODULES = {
    "Methods and their parameters": methods,
    "Types, fields and values": types,
    "The client, the package, events of streams": client,
    "The document: what no Python type shows": document,
}
_HEAD = """\
# Rules of `sdkloom diff`

Made by `sdkloom diff --rules`, not by hand. [review.md](review.md) tells what the three columns ask. A word between
braces stands for what the finding is about. What a rule offers as a remedy stands below its sentence.
"""


def render() -> str:
    """Return the page: of every rule its id, what it says, the remedy, and the verdict."""
    parts = [_HEAD]
    for title, module in _MODULES.items():
        lines = [f"## {title}", "", "| id | sentence | wire | typing | runtime |", "|---|---|---|---|---|"]
        parts.append("\n".join([*lines, *map(_row, _rules(module).values())]) + "\n")
    return "\n".join(parts)


def _rules(module: ModuleType) -> dict[str, Rule]:
    """The rules of a module by their ids, in the order of the module."""
    found: dict[str, Rule] = {}
    for value in vars(module).values():
        if isinstance(value, Rule):
            found[value.id] = value
        elif isinstance(value, (ByDirection, RenameRules)):
            found |= {rule.id: rule for rule in attrs.astuple(value, recurse=False)}
    return found


def _row(rule: Rule) -> str:
    sentence = rule.wording if rule.hint is None else f"{rule.wording}<br>*{rule.hint}*"
    verdicts = [IMPACT_WORDS[rule.verdict.of(column)] for column in Column]
    return f"| `{rule.id}` | {sentence.replace('|', chr(92) + '|')} | {' | '.join(verdicts)} |"
