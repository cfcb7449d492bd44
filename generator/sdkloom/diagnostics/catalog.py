"""Every diagnostic: its code, severity, wording and hint. Texts are snapshot-tested in `tests/errors/`.

`sink.report(catalog.DUPLICATE_KEY, span, key="paths")`: the keywords fill the braces of wording and hint.
Codes are grouped by stage and never reused.
"""

from __future__ import annotations

from .model import Rule, Severity

CATALOG: dict[str, Rule] = {}
"""Every rule by its code."""


def _rule(severity: Severity, code: str, wording: str, hint: str | None) -> Rule:
    if code in CATALOG:
        raise ValueError(f"diagnostic code {code} is defined twice")
    rule = CATALOG[code] = Rule(code=code, severity=severity, wording=wording, hint=hint)
    return rule


def _error(code: str, wording: str, hint: str | None = None) -> Rule:
    return _rule(Severity.ERROR, code, wording, hint)


def _warning(code: str, wording: str, hint: str | None = None) -> Rule:
    return _rule(Severity.WARNING, code, wording, hint)


def _note(code: str, wording: str, hint: str | None = None) -> Rule:
    return _rule(Severity.NOTE, code, wording, hint)


# CFG: sdk.yaml

# DOC: the OpenAPI document

# EMIT: templates and writing

# HOOK: hooked methods and fragments

# LOW: lowering

# SRC: YAML and JSON text
