"""Findings as a reviewer reads them: each cause once, in words that cover what follows from it."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import attrs

from .model import Finding, Rule

_Tree = dict[str, "_Tree"]

SUBJECT = frozenset({"symbol", "endpoint", "of"})
"""The placeholders that say what a finding is about; the others say what is said of it."""


@attrs.frozen(kw_only=True)
class Change:
    """A finding, and those that follow from it. `finding` speaks for all: its message has the values of those that say
    the same of one thing, its symbols and its lines for sdk.yaml are those of all. No one is worse than it."""

    finding: Finding
    folded: tuple[Finding, ...] = ()

    @property
    def alike(self) -> tuple[Finding, ...]:
        """What says the same as the finding."""
        return tuple(each for each in self.folded if each.rule is self.finding.rule)

    @property
    def others(self) -> tuple[Finding, ...]:
        """What says something else."""
        return tuple(each for each in self.folded if each.rule is not self.finding.rule)


def changes_of(findings: Iterable[Finding]) -> tuple[Change, ...]:
    """Return the findings that follow from no other, in their order, with those that follow from them."""
    findings = tuple(findings)
    folded: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.cause:
            folded.setdefault(finding.cause, []).append(finding)
    return tuple(_change(finding, folded.get(finding.id, ())) for finding in findings if not finding.cause)


def _change(finding: Finding, folded: Sequence[Finding]) -> Change:
    if not folded:
        return Change(finding=finding)
    whole = attrs.evolve(
        finding,
        message=_message([finding, *(each for each in folded if each.rule is finding.rule)]),
        symbols=tuple(dict.fromkeys(symbol for each in (finding, *folded) for symbol in each.symbols)),
        suggestion=_suggestion([finding, *folded]),
    )
    return Change(finding=whole, folded=tuple(folded))


def _message(findings: Sequence[Finding]) -> str:
    """The message of the first, with the values of all that are about the same."""
    first = findings[0]
    names = content_names(first.rule)
    if len(names) != 1:
        return first.message
    facts, name = dict(first.facts), names[0]
    about = [dict(each.facts) for each in findings if subject_of(each) == subject_of(first)]
    values = tuple(dict.fromkeys(each[name] for each in about if name in each))
    if len(values) < 2:
        return first.message
    mark = "`" if f"`{{{name}}}`" in first.rule.wording else ""
    joined = f"{f'{mark}, {mark}'.join(values[:-1])}{mark} and {mark}{values[-1]}"
    return first.rule.wording.format(**{**facts, name: joined})


def _suggestion(findings: Iterable[Finding]) -> str | None:
    """The lines for sdk.yaml of all."""
    return joined_lines(finding.suggestion for finding in findings if finding.suggestion) or None


def joined_lines(texts: Iterable[str]) -> str:
    """Return several block mappings of YAML as one: what is below the same key stands together."""
    root: _Tree = {}
    for text in texts:
        around: list[tuple[int, _Tree]] = [(-1, root)]
        for line in text.splitlines():
            indent = len(line) - len(line.lstrip())
            while around[-1][0] >= indent:
                around.pop()
            below = around[-1][1].setdefault(line, {})
            around.append((indent, below))
    return "".join(f"{line}\n" for line in _lines(root))


def _lines(tree: _Tree) -> Iterator[str]:
    for line, below in tree.items():
        yield line
        yield from _lines(below)


def subject_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return the facts that say what a finding is about."""
    return tuple(fact for fact in finding.facts if fact[0] in SUBJECT)


@cache
def content_names(rule: Rule) -> tuple[str, ...]:
    """Return the placeholders in the wording of a rule that say something of its subject, in their order."""
    names = (name for _, name, _, _ in string.Formatter().parse(rule.wording) if name)
    return tuple(name for name in names if name not in SUBJECT)
