"""The ignore file: findings that somebody looked at and accepted, each with a reason and a last day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import attrs

from ..diagnostics import catalog, run_catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.span import Span
from ..document.config_check import check_shape
from ..source.load import load
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode
from .model import Finding, Ignored

SCHEMA_FILE = Path(__file__).with_name("ignore.schema.json")


@attrs.frozen(kw_only=True)
class Entry:
    """One entry of the file. `expires` is the last day on which it holds."""

    id: str
    reason: str
    expires: datetime.date
    span: Span


def parse_ignore_file(path: str, text: str, sink: DiagnosticSink) -> tuple[Entry, ...] | None:
    """The entries; `None` if there is a mistake in the file, which then was reported."""
    root = load(path, text, sink)
    if root is None or not check_shape(root, SCHEMA_FILE, sink):
        return None
    nodes = root.items if isinstance(root, SequenceNode) else []
    entries = [_entry(node, sink) for node in nodes if isinstance(node, MappingNode)]
    sound = [entry for entry in entries if entry is not None]
    return tuple(sound) if len(sound) == len(entries) and _are_distinct(sound, sink) else None


def apply(
    findings: Iterable[Finding], entries: Iterable[Entry], today: datetime.date, sink: DiagnosticSink
) -> tuple[tuple[Finding, ...], tuple[Ignored, ...]]:
    """What counts, and what is ignored. Entries that ran out or that fit nothing are reported."""
    valid: dict[str, Entry] = {}
    found = {finding.id: finding for finding in findings}
    for entry in entries:
        if entry.id not in found:
            sink.report(run_catalog.IGNORED_NOTHING, entry.span, id=entry.id)
        elif entry.expires < today:
            sink.report(run_catalog.IGNORE_EXPIRED, entry.span, id=entry.id, day=entry.expires.isoformat())
        else:
            valid[entry.id] = entry
    ignored = tuple(
        Ignored(finding=found[entry.id], reason=entry.reason, expires=entry.expires.isoformat())
        for entry in valid.values()
    )
    return tuple(finding for finding in found.values() if finding.id not in valid), ignored


def _entry(node: MappingNode, sink: DiagnosticSink) -> Entry | None:
    expires = node.entries["expires"]
    try:
        day = datetime.date.fromisoformat(_text(expires))
    except ValueError:
        sink.report(run_catalog.BAD_DATE, expires.span, day=_text(expires))
        return None
    return Entry(id=_text(node.entries["id"]), reason=_text(node.entries["reason"]), expires=day, span=node.span)


def _are_distinct(entries: Iterable[Entry], sink: DiagnosticSink) -> bool:
    first: dict[str, Entry] = {}
    distinct = True
    for entry in entries:
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            related = [Related(message="first listed here", span=other.span)]
            sink.report(catalog.CONFIG_LISTED_TWICE, entry.span, related=related, name=entry.id)
            distinct = False
    return distinct


def _text(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else ""
