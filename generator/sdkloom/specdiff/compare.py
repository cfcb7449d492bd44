"""The comparison: two states of a spec in, findings out."""

from __future__ import annotations

import attrs

from ..diagnostics.span import NOWHERE
from .areas import with_resource
from .causes import with_causes
from .collector import Collector
from .facts.client import Clients
from .facts.definitions import Definitions
from .facts.document import Documents
from .facts.held import Held
from .facts.methods import Methods
from .facts.old_names import OldNames
from .facts.pages import PageClasses
from .facts.remaining import Remaining
from .facts.values import Values
from .matching.index import Index
from .matching.match import Matches
from .matching.symbols import SymbolTable
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
    operations = {
        f"{operation.method.upper()} {operation.path}": operation for operation in revision.document.operations
    }
    Methods(base=old, revision=new, matches=matches, values=values, collector=collector, offered=operations).compare()
    Definitions(base=old, revision=new, matches=matches, values=values, collector=collector).compare()
    Held(base=old, revision=new, matches=matches, values=values, collector=collector).compare()
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
        values=values,
        collector=collector,
    ).compare()
    Remaining(
        base=old,
        revision=new,
        documents=(base.document, revision.document),
        matches=matches,
        values=values,
        collector=collector,
    ).compare()
    if not collector.findings:
        _unexplained(base, revision, collector)
    symbols = SymbolTable(old), SymbolTable(new)
    found = (with_resource(finding, *symbols) for finding in with_causes(collector.findings, *symbols))
    return tuple(_with_place(finding, base, revision) for finding in found)


def _with_place(finding: Finding, base: SpecState, revision: SpecState) -> Finding:
    """What follows from the title of the API stands there, unless sdk.yaml describes the package."""
    if finding.base is not None or finding.revision is not None:
        return finding
    spans = [
        next((span for span in (state.config.package.span, state.document.info.span) if span != NOWHERE), None)
        for state in (base, revision)
    ]
    return attrs.evolve(finding, base=spans[0], revision=spans[1])


def _unexplained(base: SpecState, revision: SpecState, collector: Collector) -> None:
    """What differs where all rules found the same: texts that nobody sees, another order. What has the same normal form
    doesn't count, nor does what is in sdk.yaml and not in the SDK."""
    old, new = normalized_documents(base.document, revision.document)
    found = next(differences(old, new), None)
    if found is None and attrs.evolve(base.api, provenance=revision.api.provenance) != revision.api:
        found = ("sdk.yaml", base.api.client.span, revision.api.client.span)
    if found is not None:
        pointer, old_span, new_span = found
        subject = Subject(symbol=pointer, pointer=pointer, base=old_span, revision=new_span)
        is_text = semantics_of((old, base.config), ordered=False) == semantics_of((new, revision.config), ordered=False)
        is_config = pointer == "sdk.yaml" and not is_text
        collector.add(document.OTHER_CHANGE if is_config else document.OTHER_TEXT_CHANGE, subject)
