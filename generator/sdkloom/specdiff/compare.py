"""The comparison: two states of a spec in, findings out."""

from __future__ import annotations

import attrs

from .collector import Collector
from .facts.client import Clients
from .facts.definitions import Definitions
from .facts.document import Documents
from .facts.methods import Methods
from .facts.old_names import OldNames
from .facts.pages import PageClasses
from .facts.values import Values
from .matching.index import Index
from .matching.match import Matches
from .model import Finding
from .normalize import normalized_documents
from .rules import document
from .semantics import differences, semantics_of
from .state import SpecState
from .subject import Subject


def compare(base: SpecState, revision: SpecState) -> tuple[Finding, ...]:
    """Return what changed from `base` to `revision`: the worst first. Nothing, if both mean the same."""
    old, new = Index(base.api, is_base=True), Index(revision.api, is_base=False)
    collector = Collector({line.old.text: line.new.text for line in revision.config.deprecated_names})
    matches = Matches(old, new)
    values = Values(collector, old, new, matches.renamed)
    endpoints = frozenset(f"{operation.method.upper()} {operation.path}" for operation in revision.document.operations)
    Methods(base=old, revision=new, matches=matches, values=values, collector=collector, offered=endpoints).compare()
    Definitions(base=old, revision=new, matches=matches, values=values, collector=collector).compare()
    PageClasses(base=old, revision=new, values=values, collector=collector).compare()
    Clients(base=old, revision=new, collector=collector).compare()
    OldNames(
        collector=collector,
        before=base.config.deprecated_names,
        after=revision.config.deprecated_names,
        revision=new,
    ).compare()
    Documents(
        base=old,
        revision=new,
        documents=(base.document, revision.document),
        matches=matches,
        collector=collector,
    ).compare()
    if not collector.findings:
        _unexplained(base, revision, collector)
    return collector.findings


def _unexplained(base: SpecState, revision: SpecState, collector: Collector) -> None:
    """What no rule describes, so that no change goes unnoticed. What has the same normal form doesn't count, nor does
    what is in sdk.yaml and not in the SDK."""
    old, new = normalized_documents(base.document, revision.document)
    found = list(differences(old, new))
    if not found and attrs.evolve(base.api, provenance=revision.api.provenance) != revision.api:
        found = [("sdk.yaml", base.api.client.span, revision.api.client.span)]
    is_text = semantics_of((old, base.config), ordered=False) == semantics_of((new, revision.config), ordered=False)
    for pointer, old_span, new_span in found:
        subject = Subject(symbol=pointer, pointer=pointer, base=old_span, revision=new_span)
        collector.add(document.OTHER_TEXT_CHANGE if is_text else document.OTHER_CHANGE, subject)
