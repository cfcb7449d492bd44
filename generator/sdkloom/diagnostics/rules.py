"""The rules behind diagnostics: severity, wording and hint of each code, registered as they are defined."""

from __future__ import annotations

from .model import Rule, Severity

CATALOG: dict[str, Rule] = {}
"""Every rule by its code, of the catalogs that were imported."""


def error(code: str, wording: str, hint: str | None = None) -> Rule:
    """Define what stops the generation.

    Raises:
        ValueError: the code has a rule already.
    """
    return _rule(Severity.ERROR, code, wording, hint)


def warning(code: str, wording: str, hint: str | None = None) -> Rule:
    """Define what lets the output through.

    Raises:
        ValueError: the code has a rule already.
    """
    return _rule(Severity.WARNING, code, wording, hint)


def note(code: str, wording: str, hint: str | None = None) -> Rule:
    """Define what says how something was understood.

    Raises:
        ValueError: the code has a rule already.
    """
    return _rule(Severity.NOTE, code, wording, hint)


def fault(code: str, wording: str, hint: str | None = None) -> Rule:
    """Define a fault of the document that a default mends: a warning, with `--strict` an error.

    Raises:
        ValueError: the code has a rule already.
    """
    return _rule(Severity.WARNING, code, wording, hint, is_fault=True)


def _rule(severity: Severity, code: str, wording: str, hint: str | None, *, is_fault: bool = False) -> Rule:
    if code in CATALOG:
        raise ValueError(f"diagnostic code {code} is defined twice")
    rule = CATALOG[code] = Rule(code=code, severity=severity, wording=wording, hint=hint, is_fault=is_fault)
    return rule
