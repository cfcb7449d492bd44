"""Which classes texts and numbers become by formats (JSON Schema 2020-12 validation §7.3, and what sdk.yaml adds)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import Name
from ...document.model import Document, Schema
from ...document.walk import walk
from ...ir.types import Primitive
from .named_schemas import NamedSchemas
from .usage import all_schemas

_DEFAULTS = {"date-time": Primitive.DATETIME, "date": Primitive.DATE}

_CLASSES = {
    "str": Primitive.STR,
    "bytes": Primitive.BASE64,
    "date": Primitive.DATE,
    "datetime": Primitive.DATETIME,
    "time": Primitive.TIME,
    "timedelta": Primitive.DURATION,
    "Decimal": Primitive.DECIMAL,
    "UUID": Primitive.UUID,
}
"""What sdk.yaml calls the classes."""


def formats(
    given: Iterable[tuple[Name, str]], document: Document, schemas: NamedSchemas, sink: DiagnosticSink
) -> Mapping[str, Primitive]:
    """Return the class of each format that has one. Formats that no text has are reported."""
    listed = list(given)
    known = set(_used(document, schemas)) if listed else set[str]()
    for name, _ in listed:
        if name.text not in known:
            sink.report(config_catalog.FORMAT_UNKNOWN, name.span, hint=did_you_mean(name.text, known), format=name.text)
    return {**_DEFAULTS, **{name.text: _CLASSES[cls] for name, cls in listed}}


def numbers(
    given: Iterable[tuple[Name, str]], document: Document, schemas: NamedSchemas, sink: DiagnosticSink
) -> Mapping[str, Primitive]:
    """Return the class of numbers of each format that sdk.yaml names; `*` stands for all others. Formats that no number
    has are reported."""
    listed = list(given)
    nodes = _nodes(document, schemas) if listed else ()
    known = {node.format for node in nodes if "number" in node.types}
    for name, _ in listed:
        if name.text not in (*known, "*"):
            hint = did_you_mean(name.text, sorted(filter(None, known)))
            sink.report(config_catalog.NUMBER_FORMAT_UNKNOWN, name.span, hint=hint, format=name.text)
    return {name.text: Primitive.NUMBER if cls == "Decimal" else Primitive.FLOAT for name, cls in listed}


def _used(document: Document, schemas: NamedSchemas) -> Iterator[str]:
    for node in _nodes(document, schemas):
        if node.format:
            yield node.format
        if (node.content_encoding or "").lower() == "base64":
            yield "byte"


def _nodes(document: Document, schemas: NamedSchemas) -> Iterator[Schema]:
    roots = [named.schema for named in schemas.all]
    roots += [root for operation in (*document.operations, *document.webhooks) for root in all_schemas(operation)]
    for root in roots:
        for node in walk(root):
            if isinstance(node, Schema):
                yield node
