"""The bodies that a method may get, and what they are together."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ...ir.pages import MethodPage
from ...ir.resources import ResponseCase, ResponseKind
from ...ir.types import TypeExpr
from ..types.type_exprs import BYTES, NONE, OBJECT, TEXT, optional, union

WITHOUT_BODY = frozenset({"204", "205", "304"})
"""Statuses of responses that have no body (RFC 9110 §15.3.5, §15.3.6, §15.4.5)."""


@attrs.frozen(kw_only=True)
class MethodResponse:
    """How the body of a response is decoded, and the type that it gives."""

    kind: ResponseKind
    type: TypeExpr
    cases: tuple[ResponseCase, ...] = ()
    """What decides, if several types are possible."""
    accept: tuple[str, ...] = ()
    """The media types of the bodies."""
    not_modified: bool = False
    """Whether 304 is one of the successes."""
    doc: str | None = None
    page: MethodPage | None = None


@attrs.frozen(kw_only=True)
class Outcome:
    """One body: the status and the media type that it comes with. Without a media type there is none; one that can only
    be null is as none."""

    status: str
    media_type: str = ""
    kind: ResponseKind = ResponseKind.NONE
    type: TypeExpr = NONE


def unknown_body(status: str) -> list[Outcome]:
    """Return what a body may be of which nothing is known: JSON, a text, or bytes."""
    return [
        Outcome(status=status, media_type="*/*", kind=ResponseKind.BINARY, type=BYTES),
        Outcome(status=status, media_type="application/json", kind=ResponseKind.JSON, type=OBJECT),
        Outcome(status=status, media_type="text/*", kind=ResponseKind.TEXT, type=TEXT),
        Outcome(status=status),
    ]


def together(outcomes: Sequence[Outcome], doc: str | None) -> MethodResponse:
    """Return what a method gives that has these outcomes."""
    bodies = [outcome for outcome in outcomes if outcome.kind is not ResponseKind.NONE]
    empty = [outcome for outcome in outcomes if outcome.kind is ResponseKind.NONE]
    accept = tuple(dict.fromkeys(outcome.media_type for outcome in outcomes if outcome.media_type))
    accept = ("*/*",) if "*/*" in accept else accept
    kind, expr, cases = _kind_and_type(outcomes, bodies, empty)
    not_modified = any(outcome.status == "304" for outcome in outcomes)
    return MethodResponse(kind=kind, type=expr, cases=cases, accept=accept, not_modified=not_modified, doc=doc)


def _kind_and_type(
    outcomes: Sequence[Outcome], bodies: Sequence[Outcome], empty: Sequence[Outcome]
) -> tuple[ResponseKind, TypeExpr, tuple[ResponseCase, ...]]:
    kinds = list(dict.fromkeys((outcome.kind, outcome.type) for outcome in bodies))
    if not kinds:
        return ResponseKind.NONE, NONE, ()
    if len(kinds) == 1:
        kind, expr = kinds[0]
        if not empty or kind is ResponseKind.BINARY:  # a wrapper of bytes has the status too
            return kind, expr, ()
        if kind is ResponseKind.JSON and all(outcome.status in WITHOUT_BODY for outcome in empty):
            return kind, optional(expr), ()
    expr = union([outcome.type for outcome in bodies])
    cases = tuple(
        ResponseCase(status=outcome.status, media_type=outcome.media_type, type=outcome.type) for outcome in outcomes
    )
    return ResponseKind.NEGOTIATED, optional(expr) if empty and expr != OBJECT else expr, cases
