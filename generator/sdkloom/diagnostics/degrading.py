"""Which diagnostics say that the SDK offers less than the document says: what the summary of a run counts."""

from __future__ import annotations

from collections.abc import Iterable

from . import catalog, media_catalog
from .model import Diagnostic

DEGRADING = frozenset(
    rule.code
    for rule in (
        # a type is wider than that of the document
        catalog.DANGLING_REF,
        catalog.URL_REF,
        catalog.ANCHOR_REF,
        catalog.UNKNOWN_TYPE,
        catalog.PARAMETER_WITHOUT_SCHEMA,
        media_catalog.BODY_WITHOUT_SCHEMA,
        catalog.RECURSIVE_ALIAS,
        catalog.UNION_FOLDED,
        catalog.TWO_UNIONS,
        catalog.TUPLE_DEGRADED,
        catalog.LITERAL_DEGRADED,
        catalog.KEYWORD_IGNORED,
        catalog.PATTERN_PROPERTIES,
        catalog.DISCRIMINATOR_IGNORED,
        catalog.DISCRIMINATOR_ALONE,
        catalog.TAG_UNKNOWN,
        catalog.VARIANT_WITHOUT_TAG,
        catalog.PARAMETER_CONTENT,
        # something is left out, or can't be sent
        catalog.UNKNOWN_MAPPING,
        catalog.UNKNOWN_SCHEME,
        catalog.UNKNOWN_SCHEME_TYPE,
        catalog.SCHEME_UNSUPPORTED,
        catalog.HEADER_LEFT_OUT,
        catalog.IGNORED_KEY,
        catalog.PARAMETER_UNSUPPORTED,
        media_catalog.BODY_NOT_OFFERED,
        catalog.NULL_BODY,
        media_catalog.PART_HEADER,
        catalog.CALLBACK,
        catalog.WEBHOOK,
        catalog.SERVER_UNUSABLE,
    )
)
"""The codes of those diagnostics."""


def degraded(diagnostics: Iterable[Diagnostic]) -> int:
    """Return how many places of the document the SDK does less with."""
    return len({diagnostic.span for diagnostic in diagnostics if diagnostic.code in DEGRADING})
