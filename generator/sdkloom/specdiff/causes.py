"""Which findings are one change: each of the others has the finding that it follows from as its cause.

- Types that came or went with a method, a field or a variant follow from that.
- What is named after the package follows from the package's new name.
- What calls by hand need follows from what operations need.
- Texts follow from another change at the same place.
- The same fact is told once: several values of one type, one change of a component that several names stand for, a
  thing and its twin in a beta.

A finding is never worse, in any column, than its cause.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

import attrs

from ..ir.types import TypeName
from .changes import content_names, subject_of
from .matching.symbols import SymbolTable
from .model import Column, Finding, Rule, Section
from .rules import client, document, methods, types

_TEXTS = frozenset({Section.DOCUMENTATION, Section.INTERNAL})

_LISTED = frozenset({document.WEBHOOK_ADDED, document.COMPONENT_ADDED, document.OTHER_METHOD_ADDED})
"""Harmless news that is told in one line."""

_NAMED_AFTER_PACKAGE = (
    client.PACKAGE_RENAMED,
    client.CLIENT_RENAMED,
    client.BASE_ERROR_RENAMED,
    client.DISTRIBUTION_RENAMED,
    client.BASE_URL_ENV_CHANGED,
    client.LOG_ENV_CHANGED,
    client.CREDENTIAL_ENV_CHANGED,
)
"""What is called after the package, the most telling first."""

_CAME = (
    methods.PARAMETER_ADDED,
    methods.PARAMETER_ADDED_REQUIRED,
    types.REQUEST_KEY_ADDED,
    types.REQUEST_KEY_ADDED_REQUIRED,
    types.RESPONSE_FIELD_ADDED,
    types.RESPONSE_FIELD_ADDED_REQUIRED,
)
_WENT = (
    methods.PARAMETER_REMOVED,
    types.REQUEST_KEY_REMOVED,
    types.RESPONSE_FIELD_REMOVED,
    types.RESPONSE_OPTIONAL_FIELD_REMOVED,
)

_STAGE = re.compile(
    r"[?&]beta=\w+|(?<![a-z])(?:beta|alpha|preview)(?![a-z])[._/]?|(?<![A-Za-z])(?:Beta|Alpha|Preview|Async)(?=[A-Z])"
)
"""What a name has only because the thing isn't final, or is the async one of two."""

_OWN_NAME = re.compile(r"`[^`]*\b(?!None\b|Literal\b|Decimal\b|Any\b)[A-Z]\w+|`\"")
"""A class or a text in a message."""


def with_causes(findings: Sequence[Finding], base: SymbolTable, revision: SymbolTable) -> tuple[Finding, ...]:
    """Return the findings in their order, those that follow from another one with its id as `cause`. That one has no
    cause itself."""
    folding = _Folding(findings)
    _named_after_package(folding)
    _brought(folding, types.TYPE_ADDED, revision, base)
    _brought(folding, types.TYPE_REMOVED, base, revision)
    _helpers(folding)
    _raw_requests(folding)
    _same_member(folding)
    _texts(folding)
    _alike(folding)
    return folding.result()


def without_missing_causes(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return `findings` where causes may be missing: the first of those that had the same cause, and are of one rule,
    takes its place."""
    findings = tuple(findings)
    known = {finding.id for finding in findings}
    heirs: dict[tuple[str, str], str] = {}
    kept: list[Finding] = []
    for finding in findings:
        if finding.cause and finding.cause not in known:
            heir = heirs.setdefault((finding.cause, finding.rule.id), finding.id)
            finding = attrs.evolve(finding, cause="" if heir == finding.id else heir)
        kept.append(finding)
    return tuple(kept)


class _Folding:
    """The findings, and what they follow from so far."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._causes: dict[str, str] = {}

    def alone(self) -> list[Finding]:
        """Those without a cause."""
        return [finding for finding in self._findings if finding.id not in self._causes]

    def has_cause(self, finding: Finding) -> bool:
        return finding.id in self._causes

    def put(self, finding: Finding, cause: Finding) -> bool:
        """Let `finding` follow from `cause`, unless it is worse."""
        root = self._root(cause.id)
        if finding.id == root or self.has_cause(finding) or not cause.verdict.covers(finding.verdict):
            return False
        self._causes[finding.id] = root
        return True

    def _root(self, id: str) -> str:
        while id in self._causes:
            id = self._causes[id]
        return id

    def result(self) -> tuple[Finding, ...]:
        return tuple(
            attrs.evolve(finding, cause=self._root(finding.id)) if self.has_cause(finding) else finding
            for finding in self._findings
        )


def _named_after_package(folding: _Folding) -> None:
    """A new title gives the package, its classes and its variables new names."""
    findings = [finding for finding in folding.alone() if finding.rule in _NAMED_AFTER_PACKAGE]
    findings.sort(key=lambda finding: (_NAMED_AFTER_PACKAGE.index(finding.rule), len(finding.message)))
    if not findings or findings[0].rule not in (client.PACKAGE_RENAMED, client.CLIENT_RENAMED):
        return
    root = findings[0]
    old, new = (_stem(name) for name in _names(root))
    for finding in findings[1:]:
        before, after = (_stem(name) for name in _names(finding))
        if old in before and new in after:
            folding.put(finding, root)
    for finding in folding.alone():
        is_title = finding.rule is document.DOCS_OF_DOCUMENT_CHANGED and dict(finding.facts)["symbol"] == "info"
        if is_title or finding.rule is client.PACKAGE_TEXT_CHANGED:
            folding.put(finding, root)


def _names(finding: Finding) -> tuple[str, str]:
    facts = dict(finding.facts)
    return facts.get("old", ""), facts.get("new", facts.get("symbol", ""))


def _stem(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.rpartition(".")[2].lower())


def _brought(folding: _Folding, rule: Rule, here: SymbolTable, there: SymbolTable) -> None:
    """Types that are in one SDK only, with what names them."""
    found = {
        name: finding
        for finding in folding.alone()
        if finding.rule is rule
        for symbol in finding.symbols
        if (name := here.type_of(symbol)) is not None
    }
    if not found:
        return
    others = [f for f in folding.alone() if f.rule is not rule and f.rule.section not in _TEXTS]
    for finding in (*others, *dict.fromkeys(found.values())):
        if finding.rule is rule and folding.has_cause(finding):
            continue
        for name in _only_here(finding.symbols, here, there):
            brought = found.get(name)
            if brought is None or brought is finding or folding.put(brought, finding):
                continue
            # A variant that went because its type did.
            if f"`{brought.symbols[0]}`" in finding.message:
                folding.put(finding, brought)


def _only_here(symbols: Iterable[str], here: SymbolTable, there: SymbolTable) -> Iterator[TypeName]:
    """The types of one SDK only that `symbols` name, directly or through each other."""
    waiting = [name for symbol in symbols for name in here.names_in(symbol)]
    seen: set[TypeName] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and not there.has_type(name):
            seen.add(name)
            yield name
            waiting += here.names_of(name)


def _helpers(folding: _Folding) -> None:
    """Hand-written methods, with the method whose signature they have."""
    found = folding.alone()
    for rule, lone in ((methods.HELPER_ADDED, (methods.METHOD_ADDED,)), (methods.HELPER_REMOVED, methods.GONE)):
        owners = {symbol: finding for finding in found if finding.rule in lone for symbol in finding.symbols}
        for finding in found:
            if finding.rule is rule and finding.symbols[0] in owners:
                folding.put(finding, owners[finding.symbols[0]])


def _raw_requests(folding: _Folding) -> None:
    """What requests need that no method makes, with what operations need or the whole API."""
    found = folding.alone()
    replaced = [finding for finding in found if finding.rule is document.SECURITY_REPLACED]
    for finding in found:
        if finding.rule is client.RAW_SECURITY_CHANGED and replaced:
            folding.put(finding, replaced[0])


def _same_member(folding: _Folding) -> None:
    """A property that came or went is a parameter here and an attribute there."""
    for rules in (_CAME, _WENT):
        first: dict[str, Finding] = {}
        found = [finding for finding in folding.alone() if finding.rule in rules and finding.pointer]
        for finding in sorted(found, key=lambda each: -sum(each.verdict.of(column).rank for column in Column)):
            cause = first.setdefault(finding.pointer, finding)
            if cause is not finding:
                folding.put(finding, cause)


def _texts(folding: _Folding) -> None:
    """Texts and extensions, with what else changed at the same place."""
    places: dict[str, Finding] = {}
    for finding in sorted(folding.alone(), key=lambda each: (each.rule.section in _TEXTS, each.rule.section.value)):
        if finding.pointer:
            first = places.setdefault(finding.pointer, finding)
            if first is not finding and finding.rule.section in _TEXTS:
                folding.put(finding, first)


def _alike(folding: _Folding) -> None:
    """Several facts of one kind about the same thing, and then the same facts about several things."""
    values: dict[Hashable, list[Finding]] = {}
    for finding in sorted(folding.alone(), key=_is_in_stage):
        values.setdefault(_kind_of_fact(finding), []).append(finding)
    first: dict[Hashable, Finding] = {}
    for root, *others in values.values():
        for finding in others:
            folding.put(finding, root)
        keys = list(_same_facts([root, *others]))
        known = next((first[key] for key in keys if key in first), None)
        if known is not None:
            folding.put(root, known)
        for key in keys:
            first.setdefault(key, known or root)


def _kind_of_fact(finding: Finding) -> Hashable:
    """What is equal in findings about one thing that differ in one word."""
    rule = finding.rule
    if rule in _LISTED:
        return rule.id
    return (rule.id, subject_of(finding), "" if len(_content(finding)) == 1 else finding.id)


def _same_facts(findings: Sequence[Finding]) -> Iterator[Hashable]:
    """What is equal in findings of one rule that say the same about another thing."""
    root = findings[0]
    content = tuple(sorted(_content(finding) for finding in findings))
    if content[0] and any(map(_names_something, findings)):
        yield root.rule.id, "content", _without_stage(repr(content))
    if root.pointer:
        yield root.rule.id, "place", root.pointer, content
    yield root.rule.id, "twins", tuple(sorted(_without_stage(finding.message) for finding in findings))


def _content(finding: Finding) -> tuple[str, ...]:
    """What a finding says of its subject."""
    facts = dict(finding.facts)
    return tuple(facts[name] for name in content_names(finding.rule) if name in facts)


def _names_something(finding: Finding) -> bool:
    facts = dict(finding.facts)
    return "endpoint" in facts or bool(_OWN_NAME.search(finding.message.replace(f"`{facts.get('symbol')}`", "")))


def _is_in_stage(finding: Finding) -> bool:
    """What is final speaks for its twin."""
    return _without_stage(finding.message) != finding.message


def _without_stage(text: str) -> str:
    return _STAGE.sub("", text)
