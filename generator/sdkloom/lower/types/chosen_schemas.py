"""Schemas that have no name in the document: sdk.yaml gives them one by their JSON pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.config import SdkConfig
from ...document.model import Document, NamedSchema, Schema, SchemaOrRef
from ...document.pointers import pointer_from
from ...document.walk import walk
from ..names.name_patterns import NamePattern, is_pattern
from .usage import all_schemas


def chosen_schemas(document: Document, config: SdkConfig, sink: DiagnosticSink) -> Mapping[str, NamedSchema]:
    """Return the schemas to which `types` in sdk.yaml points, by their pointers. Those that are none are reported."""
    exact = {given.name.text: given for given in config.types if is_pointer(given.name.text)}
    patterns = [(NamePattern(given.name), given) for given in exact.values() if is_pattern(given.name.text)]
    if not exact:
        return {}
    taken = {schema.name for schema in document.schemas}
    chosen: dict[str, NamedSchema] = {}
    used: set[str] = set()
    for node in (node for root in _roots(document) for node in walk(root) if isinstance(node, Schema)):
        pointer = pointer_from(document.file, node.span.file, node.pointer)
        fits = (given for pattern, given in patterns if pattern.fits(pointer))
        given = exact.get(pointer) or next(fits, None)
        if given is None or pointer in chosen:
            continue
        used.add(given.name.text)
        text = NamePattern(given.name).filled(pointer, given.rename or given.model or given.request or pointer)
        name = pointer if text in taken else text
        taken.add(name)
        chosen[pointer] = named_here(node, name)
    for text, given in exact.items():
        if text not in used:
            sink.report(catalog.NO_INLINE_SCHEMA, given.name.span, pointer=text)
    return chosen


def named_here(node: Schema, name: str) -> NamedSchema:
    """Return a schema that is written inside of another one, with a name. It holds a copy: the schema itself stands
    where it is used."""
    return NamedSchema(name=name, schema=attrs.evolve(node), file=node.span.file, pointer=node.pointer, span=node.span)


def is_pointer(text: str) -> bool:
    """Return whether a key of `types` says where a schema stands, not what it is called."""
    return "#/" in text


def _roots(document: Document) -> Iterator[SchemaOrRef]:
    for named in document.schemas:
        yield named.schema
    for operation in document.operations:
        yield from all_schemas(operation)
