"""Hashes over the meaning of the input: layout, comments, spans and the order of unordered things don't count.

They are the same in every version of Python.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from pathlib import PurePath
from typing import Any, cast

import attrs

from ..document.config import SdkConfig
from ..document.model import Document, Ref, compared_fields
from ..ir.api import Provenance


def provenance(document: Document, config: SdkConfig) -> Provenance:
    """Return where the SDK comes from: the names of the files, without the hashes. Folders depend on who generates."""
    return Provenance(
        spec_file=PurePath(document.file).name,
        config_file=PurePath(config.file or "").name,
        openapi_version=document.version,
    )


def with_hashes(source: Provenance, document: Document, config: SdkConfig) -> Provenance:
    """Return the same with the hashes of the two files."""
    return attrs.evolve(
        source,
        spec_hash=_digest(_document_text(document)),
        config_hash=_digest(_text(attrs.evolve(config, file=None))),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _document_text(document: Document) -> str:
    """Paths, components and security schemes are mappings in the document: their order has no meaning."""
    operations = sorted((*document.operations, *document.webhooks), key=lambda item: (item.path, item.method))
    parts: list[str] = []
    _write((document.version, document.info, document.servers, document.security, document.tags), parts)
    _write(document.documentation, parts)
    _write(tuple(operations), parts)
    for named in sorted(document.schemas, key=lambda named: named.name):
        parts.append(named.name)
        _write(named.schema, parts)
    _write(tuple(sorted(document.security_schemes, key=lambda scheme: scheme.name)), parts)
    return "".join(parts)


_UNORDERED = {
    "aliases",
    "deprecated_names",
    "formats",
    "handles",
    "items",
    "mapping",
    "numbers",
    "responses",
    "schemes",
    "scopes",
    "types",
    "urls",
}
"""Fields that hold the entries of a mapping whose order in the source has no meaning."""


_PLAIN = {str, bool, int, float, type(None)}


def _text(value: object) -> str:
    """`value` as unambiguous text, without fields that aren't compared (spans) and without defaults."""
    parts: list[str] = []
    _write(value, parts)
    return "".join(parts)


def _write(value: object, parts: list[str]) -> None:
    if type(value) in _PLAIN:
        parts.append(repr(value))
    elif isinstance(value, Ref):
        parts.append(f"ref({value.text!r},{value.summary!r},{value.description!r})")
    elif isinstance(value, tuple):
        parts.append("[")
        for item in cast("tuple[object, ...]", value):
            _write(item, parts)
            parts.append(",")
        parts.append("]")
    elif isinstance(value, enum.Enum):
        parts.append(value.name)
    elif (known := _fields(type(value))) is not None:
        fields, values_of = known
        parts.append(type(value).__name__ + "(")
        for (name, default), inner in zip(fields, values_of(value)):
            if inner is not default and inner != default:
                parts.append(name + "=")
                if name in _UNORDERED:
                    entries = cast("tuple[object, ...]", inner if isinstance(inner, tuple) else (inner,))
                    parts.extend(sorted(map(_text, entries)))
                else:
                    _write(inner, parts)
        parts.append(")")
    else:
        parts.append(repr(value))


@cache
def _fields(cls: type) -> tuple[list[tuple[str, Any]], Callable[[object], tuple[Any, ...]]] | None:
    """The names and defaults of the fields that count, and what gives all their values at once, most of which are as by
    default; `None` for a class that isn't attrs'."""
    if not attrs.has(cls):
        return None
    fields = [(field.name, field.default) for field in compared_fields(cls)]
    if len(fields) < 2:  # `attrgetter` makes no tuple of one
        return fields, lambda value: tuple(getattr(value, name) for name, _ in fields)
    return fields, attrgetter(*(name for name, _ in fields))
