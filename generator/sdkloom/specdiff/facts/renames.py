"""Facts about names: what was removed and what was added is one thing under another name."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..collector import Collector
from ..rules import RenameRules
from ..subject import Subject

Names = Sequence[tuple[str, str]]
"""Old names, each with its new one."""


def report_rename(
    collector: Collector,
    rules: RenameRules,
    subject: Subject,
    names: Names,
    keepable: Names | None = None,
    **facts: object,
) -> None:
    """Report that `subject` has other names.

    `names` are all that users can meet, the most usual one first. `keepable` are those that sdk.yaml can keep, where
    that isn't all of them; the old name counts as kept if all of these are.
    """
    old = names[0][0]
    symbols = tuple(name for both in names for name in both)
    report_kept_or_lost(
        collector,
        rules,
        attrs.evolve(subject, symbols=symbols),
        names if keepable is None else keepable,
        detail=old,
        old=old,
        **facts,
    )


def report_kept_or_lost(
    collector: Collector, rules: RenameRules, subject: Subject, names: Names, *, detail: str, **facts: object
) -> None:
    """Report the rule for names that sdk.yaml keeps, or else that for lost ones, with lines that would keep them."""
    kept = all(collector.keeps(*both) for both in names)
    rule, lines = (rules.kept, ()) if kept else (rules.lost, names)
    collector.add(rule, subject, detail=detail, renamed=lines, **facts)
