"""Diagnostics as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ..diagnostics.json_listing import json_text
from ..diagnostics.model import Diagnostic, Rule, Severity
from ..diagnostics.rules import CATALOG
from ..diagnostics.span import NOWHERE, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(diagnostics: Iterable[Diagnostic], version: str, reasons: dict[str, str]) -> str:
    """Return a log of one run. `version` is that of sdkloom, `reasons` are those of rules, by code."""
    listed = list(diagnostics)
    codes = sorted({found.code for found in listed})
    driver = {
        "name": "sdkloom",
        "semanticVersion": version,
        "rules": [_rule(CATALOG[code], reasons.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code)) for found in listed],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, reason: str | None) -> dict[str, object]:
    made: dict[str, object] = {
        "id": rule.code,
        "shortDescription": {"text": rule.wording},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if reason:
        made["fullDescription"] = {"text": reason}
    if rule.hint:
        made["help"] = {"text": rule.hint}
    return made


def _result(found: Diagnostic, index: int) -> dict[str, object]:
    text = found.message if found.hint is None else f"{found.message}\n{found.hint}"
    key = "\0".join((found.code, found.span.file, found.message))
    made: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": list(_locations(found.span)),
        "partialFingerprints": {"message/v1": hashlib.sha256(key.encode()).hexdigest()[:32]},
    }
    if found.related:
        made["relatedLocations"] = [
            {"message": {"text": related.message}, **location}
            for related in found.related
            for location in _locations(related.span)
        ]
    return made


def _locations(span: Span) -> Iterator[dict[str, object]]:
    if span == NOWHERE:
        return
    region = {
        "startLine": span.line,
        "startColumn": span.col,
        "endLine": span.end_line,
        "endColumn": span.end_col,
    }
    yield {"physicalLocation": {"artifactLocation": {"uri": quote(span.file)}, "region": region}}
