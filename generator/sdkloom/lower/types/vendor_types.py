"""What extensions of other generators in the document say about the names and the variants of types."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Document, JsonObject, JsonValue, Schema
from ...document.walk import walk
from ..names.identifiers import type_name
from .named_schemas import NamedSchemas
from .usage import all_schemas

_NAMES = ("x-fern-type-name", "x-speakeasy-name-override")
"""Extensions whose value is a name."""
_INLINE_NAMES = ("x-go-name",)
"""The same, for objects that are written where they are used. Others have the document's name, whatever Go calls them.
"""
_NAMING = "x-stainless-naming"
"""An extension with names for each language: `{python: {type_name: Content}}`."""
_EXTEND_UNION = "x-stainless-python-extend-union"
"""An extension of a union: more types that requests take."""


@attrs.frozen(kw_only=True)
class VendorType:
    """What the extension `key` of a schema says: its name, or types that requests take besides its own."""

    schema: Schema
    owner: str | None
    """The name of the schema, if it has one."""
    key: str
    name: str | None = None
    accepted: tuple[str, ...] = ()


def vendor_types(document: Document, schemas: NamedSchemas) -> Iterator[VendorType]:
    """Yield what extensions say about the named schemas and all that are written where they are used."""
    roots = [(named.schema, named.name) for named in schemas.all]
    roots += [(root, "") for operation in document.operations for root in all_schemas(operation)]
    for root, name in roots:
        for node in walk(root):
            if isinstance(node, Schema) and node.extensions.items:
                yield from _said(node, name if node is root and name else None)


def report_vendor_types(found: Iterator[VendorType], sink: DiagnosticSink) -> Iterator[VendorType]:
    """Pass on what extensions say. The first use of each extension is reported."""
    reported: set[str] = set()
    for each in found:
        if each.key not in reported:
            reported.add(each.key)
            what = "name" if each.name is not None else "variants"
            name = each.owner or each.name or each.accepted[0]
            sink.report(config_catalog.VENDOR_TYPE, each.schema.span, key=each.key, what=what, name=name)
        yield each


def _said(schema: Schema, owner: str | None) -> Iterator[VendorType]:
    extensions = dict(schema.extensions.items)
    for key, value in extensions.items():
        is_inline_object = owner is None and bool(schema.properties)
        name = type_name(str(value)) if key in _INLINE_NAMES and is_inline_object else _name(key, value)
        if name:
            yield VendorType(schema=schema, owner=owner, key=key, name=name)
            break
    accepted = extensions.get(_EXTEND_UNION)
    if isinstance(accepted, tuple):
        texts = tuple([text for text in accepted if isinstance(text, str)])
        if texts:
            yield VendorType(schema=schema, owner=owner, key=_EXTEND_UNION, accepted=texts)


def _name(key: str, value: JsonValue) -> str:
    if key == _NAMING and isinstance(value, JsonObject):
        python = dict(value.items).get("python")
        names = dict(python.items) if isinstance(python, JsonObject) else {}
        value = names.get("type_name") or names.get("model_name")
    elif key not in _NAMES:
        return ""
    return type_name(value) if isinstance(value, str) else ""
