"""Hashes over the meaning of the input: layout, comments, spans and the order of unordered things don't count.

They are the same in every version of Python.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import cast

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
        spec_hash=_digest(_document_parts(document)),
        config_hash=_digest(_text(attrs.evolve(config, file=None))),
    )


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _document_parts(document: Document) -> Iterator[str]:
    """Paths, components and security schemes are mappings in the document: their order has no meaning."""
    yield from _text((document.version, document.info, document.servers, document.security, document.tags))
    operations = sorted((*document.operations, *document.webhooks), key=lambda item: (item.path, item.method))
    yield from _text(tuple(operations))
    for named in sorted(document.schemas, key=lambda named: named.name):
        yield named.name
        yield from _text(named.schema)
    yield from _text(tuple(sorted(document.security_schemes, key=lambda scheme: scheme.name)))


_UNORDERED = {"aliases", "content", "deprecated_names", "formats", "handles", "items", "mapping", "responses", "types"}
"""Fields that hold the entries of a mapping whose order in the source has no meaning."""


def _text(value: object) -> Iterator[str]:
    """`value` as unambiguous text, without fields that aren't compared (spans) and without defaults."""
    if isinstance(value, Ref):
        yield f"ref({value.text!r},{value.summary!r},{value.description!r})"
    elif isinstance(value, tuple):
        yield "["
        for item in cast("tuple[object, ...]", value):
            yield from _text(item)
            yield ","
        yield "]"
    elif isinstance(value, enum.Enum):
        yield value.name
    elif attrs.has(type(value)):
        yield type(value).__name__ + "("
        for field in compared_fields(type(value)):
            inner = getattr(value, field.name)
            if inner != field.default:
                yield field.name + "="
                yield from _sorted_text(inner) if field.name in _UNORDERED else _text(inner)
        yield ")"
    else:
        yield repr(value)


def _sorted_text(value: object) -> Iterator[str]:
    entries = cast("tuple[object, ...]", value if isinstance(value, tuple) else (value,))
    yield from sorted("".join(_text(entry)) for entry in entries)
