"""Types that sdk.yaml writes (`str`, `Pet`, `list[Pet]`, `str | int`), as the schemas that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...diagnostics.span import Span
from ...document.model import NamedSchema, Ref, Schema, SchemaOrRef, SchemaRef
from ...document.parameter_config import TypeText
from ..types.named_schemas import NamedSchemas

_SCALARS: Mapping[str, tuple[str, str | None]] = {
    "bool": ("boolean", None),
    "bytes": ("string", "binary"),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "float": ("number", None),
    "int": ("integer", None),
    "str": ("string", None),
}
"""Names of Python's types: `type` and `format`."""


def schema_of_text(given: TypeText, schemas: NamedSchemas, sink: DiagnosticSink) -> SchemaOrRef | None:
    """Return the schema that a type in sdk.yaml stands for; `None`, after a report, if there is no such schema."""
    members = [_member(text.strip(), given.span, schemas, sink) for text in _split(given.text)]
    known = [member for member in members if member is not None]
    if len(known) < len(members):
        return None
    return known[0] if len(known) == 1 else Schema(any_of=tuple(known), span=given.span)


def ref_to(named: NamedSchema, span: Span) -> SchemaRef:
    """Return a reference to a schema, as if it stood in the document."""
    target = f"{named.file}#{named.pointer}"
    return SchemaRef(ref=Ref(text=f"#{named.pointer}", file=named.file, target=target, span=span), span=span)


def _member(text: str, span: Span, schemas: NamedSchemas, sink: DiagnosticSink) -> SchemaOrRef | None:
    named = schemas.get(text)
    if named is not None:
        return ref_to(named, span)
    if text.startswith("list[") and text.endswith("]"):
        items = schema_of_text(TypeText(text=text[5:-1], span=span), schemas, sink)
        return None if items is None else Schema(types=("array",), items=items, span=span)
    if text.startswith("dict[str,") and text.endswith("]"):
        values = schema_of_text(TypeText(text=text[9:-1], span=span), schemas, sink)
        return None if values is None else Schema(types=("object",), additional_properties=values, span=span)
    if text == "object":
        return Schema(span=span)
    if text == "None":
        return Schema(types=("null",), span=span)
    if text in _SCALARS:
        kind, format = _SCALARS[text]
        return Schema(types=(kind,), format=format, span=span)
    hint = did_you_mean(text, [*schemas.names, *_SCALARS], "it is a schema, or `str`, `int`, `list[…]`, `str | int`")
    sink.report(config_catalog.NO_TYPE, span, hint=hint, text=text)
    return None


def _split(text: str) -> list[str]:
    """The members of a union: what stands between the bars outside of brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
