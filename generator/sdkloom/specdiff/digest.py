"""Changes in few words, as a maintainer tells them: what is new in a resource, a method or a type takes one line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import attrs

from .changes import Change
from .model import Finding, Rule
from .rules import document, methods, types

_SHOWN = 8
"""Names in one line. More are counted."""

_NEW_FIELDS = {
    types.RESPONSE_FIELD_ADDED: ("field", "fields"),
    types.REQUEST_KEY_ADDED: ("optional key", "optional keys"),
    methods.PARAMETER_ADDED: ("optional parameter", "optional parameters"),
}


@attrs.frozen(kw_only=True)
class Line:
    """One or several changes, in a sentence without a full stop; code stands between backticks."""

    text: str
    resource: str
    changes: tuple[Change, ...]

    @property
    def is_about_methods(self) -> bool:
        """Whether methods came or went."""
        rule = self.changes[0].finding.rule
        return rule is methods.METHOD_ADDED or rule in methods.GONE


def lines_of(changes: Iterable[Change], lone: frozenset[str]) -> tuple[Line, ...]:
    """Return the changes in few lines, in their order. `lone` are the resources that only one of two SDKs has."""
    groups: dict[Hashable, list[Change]] = {}
    for change in changes:
        groups.setdefault(_key(change.finding, lone), []).append(change)
    joined: dict[Hashable, list[list[Change]]] = {}
    for members in groups.values():
        joined.setdefault(_new_parts(members) or members[0].finding.id, []).append(members)
    return tuple(
        _line(members, lone) if not others else _same_parts([members, *others]) for members, *others in joined.values()
    )


def _new_parts(changes: Sequence[Change]) -> Hashable:
    """The names that are new in a type or a method."""
    rule = changes[0].finding.rule
    names = tuple(sorted(_part(_name(change.finding), _owner(_name(change.finding))) for change in changes))
    return (rule.id, changes[0].finding.resource, names) if rule in _NEW_FIELDS else None


def _same_parts(groups: Sequence[Sequence[Change]]) -> Line:
    """The same names are new in several types or methods."""
    first = groups[0]
    names = [_part(_name(change.finding), _owner(_name(change.finding))) for change in first]
    owners = [_owner(symbol) for members in groups for change in members for symbol in _names(change)]
    noun = _NEW_FIELDS[first[0].finding.rule][len(names) > 1]
    text = f"new {noun} {_listed(names)} in {_listed(owners)}"
    members = tuple(change for group in groups for change in group)
    return Line(text=text, resource=first[0].finding.resource, changes=members)


def outermost(resource: str, lone: frozenset[str]) -> str:
    """Return the outermost resource around `resource` that came or went as a whole, or else `resource` itself.

    `lone` are the resources that only one of two SDKs has.
    """
    parts = resource.split(".")
    around = (".".join(parts[:length]) for length in range(2, len(parts) + 1))
    return next((each for each in around if each in lone), resource)


def _key(finding: Finding, lone: frozenset[str]) -> Hashable:
    """What is equal for changes that make one line."""
    rule = finding.rule
    if rule is methods.METHOD_ADDED or rule in methods.GONE:
        return rule.id, outermost(finding.resource, lone)
    if rule in _NEW_FIELDS:
        return rule.id, _owner(_name(finding))
    if rule is types.TYPE_ADDED:
        return rule.id, finding.resource
    return finding.id


def _line(changes: Sequence[Change], lone: frozenset[str]) -> Line:
    finding = changes[0].finding
    text = _text(changes, finding.rule, lone)
    return Line(text=text, resource=outermost(finding.resource, lone), changes=tuple(changes))


def _text(changes: Sequence[Change], rule: Rule, lone: frozenset[str]) -> str:
    first = changes[0]
    if rule is methods.METHOD_ADDED or rule in methods.GONE:
        return _methods(changes, "new" if rule is methods.METHOD_ADDED else "removed", lone)
    if rule is document.WEBHOOK_ADDED and len(first.alike) > 0:
        return f"new webhooks: {_listed(symbol.rpartition('.')[2] for symbol in first.finding.symbols)}"
    if len(changes) == 1:
        return f"{first.finding.message}{_also(changes, lambda symbol: symbol)}"
    if rule is types.TYPE_ADDED:
        return f"new types: {_listed(_name(change.finding) for change in changes)}"
    owner = _owner(_name(first.finding))
    parts = _listed(_part(_name(change.finding), owner) for change in changes)
    return f"`{owner}`: new {_NEW_FIELDS[rule][1]} {parts}{_also(changes, _owner)}"


def _methods(changes: Sequence[Change], word: str, lone: frozenset[str]) -> str:
    resource = changes[0].finding.resource
    whole = outermost(resource, lone)
    if whole in lone and len(changes) > 1:
        count = f"{len(changes)} methods"
        twins = (outermost(each.resource, lone) for change in changes for each in change.alike)
        return f"`{whole}`: {word}, {count}{_in_brackets(twins, {whole})}"
    symbols = [_name(change.finding) for change in changes]
    if len(symbols) == 1:
        return f"`{symbols[0]}`: {word}{_also(changes, lambda symbol: symbol)}"
    names = _listed(symbol.rpartition(".")[2] for symbol in symbols)
    return f"`{resource}`: {word} methods {names}{_also(changes, _owner)}"


def _also(changes: Iterable[Change], name: Callable[[str], str]) -> str:
    """The other things of which the same is true."""
    told = {name(_name(change.finding)) for change in changes}
    twins = (
        name(_name(each))
        for change in changes
        for each in change.folded
        if each.rule is change.finding.rule or each.rule in _NEW_FIELDS
    )
    return _in_brackets(twins, told)


def _in_brackets(names: Iterable[str], told: set[str]) -> str:
    names = [name for name in dict.fromkeys(names) if name not in told]
    return f" (also {_listed(names)})" if names else ""


def _name(finding: Finding) -> str:
    return finding.symbols[0] if finding.symbols else ""


def _names(change: Change) -> tuple[str, ...]:
    return tuple(_name(each) for each in (change.finding, *change.alike))


def _owner(symbol: str) -> str:
    """The type, the method or the resource that something belongs to."""
    if symbol.endswith(("]", ")")):
        return symbol.rpartition("[" if symbol.endswith("]") else "(")[0]
    return symbol.rpartition(".")[0]


def _part(symbol: str, owner: str) -> str:
    return symbol.removeprefix(owner).strip('.[]()="')


def _listed(names: Iterable[str]) -> str:
    words = [f"`{name}`" for name in dict.fromkeys(names)]
    if len(words) > _SHOWN + 1:
        words = [*words[:_SHOWN], f"{len(words) - _SHOWN} more"]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
