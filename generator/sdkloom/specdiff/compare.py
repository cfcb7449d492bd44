"""The comparison: two sides in, findings out."""

from __future__ import annotations

from collections.abc import Callable

from .clients import Clients
from .collector import Collector, Subject
from .definitions import Definitions
from .documents import Documents
from .index import Index
from .match import Matches
from .meaning import differences, meaning
from .methods import Methods
from .model import Finding
from .old_names import OldNames
from .side import Side
from .values import Values
from .verdicts import document


def compare(base: Side, revision: Side, mean_the_same: Callable[[Side, Side], bool]) -> tuple[Finding, ...]:
    """What changed from `base` to `revision`: the worst first.

    Where no rule finds anything `mean_the_same` is asked, so that no change goes unnoticed.
    """
    old, new = Index(base.api), Index(revision.api)
    collector = Collector({line.old.text: line.new.text for line in revision.config.deprecated_names})
    matches = Matches(old, new)
    values = Values(collector, old, new, matches.renamed)
    endpoints = frozenset(f"{operation.method.upper()} {operation.path}" for operation in revision.document.operations)
    Methods(base=old, revision=new, matches=matches, values=values, collector=collector, offered=endpoints).compare()
    Definitions(base=old, revision=new, matches=matches, values=values, collector=collector).compare()
    Clients(base=old, revision=new, collector=collector).compare()
    OldNames(collector=collector, before=base.config.deprecated_names, after=revision.config.deprecated_names).compare()
    Documents(
        base=old,
        revision=new,
        documents=(base.document, revision.document),
        matches=matches,
        collector=collector,
    ).compare()
    if not collector.findings and not mean_the_same(base, revision):
        rule = document.OTHER_TEXT_CHANGE if _is_text(base, revision) else document.OTHER_CHANGE
        found = list(differences(base.document, revision.document))
        for pointer, old_span, new_span in found or [("sdk.yaml", base.api.client.span, revision.api.client.span)]:
            subject = Subject(symbol=pointer, pointer=pointer, base=old_span, revision=new_span)
            collector.add(rule, subject)
    return collector.findings


def _is_text(base: Side, revision: Side) -> bool:
    """Whether only texts for people differ, or the order of entries."""
    sides = [(side.document, side.config) for side in (base, revision)]
    before, after = (meaning(side, ordered=False) for side in sides)
    return before == after
