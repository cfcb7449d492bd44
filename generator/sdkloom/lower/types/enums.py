"""Enumerations as classes, where sdk.yaml asks for that: their members, and those that are written inside of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import NoneType

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.config import SdkConfig
from ...document.model import (
    MISSING,
    Document,
    JsonObject,
    JsonValue,
    Missing,
    NamedSchema,
    Property,
    Schema,
    SchemaOrRef,
)
from ...document.pointers import pointer_from
from ...ir.definitions import EnumMember
from ...ir.types import LiteralValue
from ..names import identifiers as names
from .all_of import has_structure
from .chosen_schemas import named_here

_NAMES = ("x-enum-varnames", "x-enumNames")
_DOCS = ("x-enum-descriptions", "x-enumDescriptions")
_MICROSOFT = "x-ms-enum"


def can_be_class(values: Iterable[JsonValue]) -> bool:
    """Return whether values can be the members of one class: texts, or integers, and not both."""
    kinds = {type(value) for value in values}
    return kinds in ({str}, {int})


def alternatives(members: Iterable[SchemaOrRef]) -> dict[JsonValue, Schema]:
    """Return the value of each member of a union, null aside, if all are nothing but a documented value: `const`, or an
    `enum` of one. Otherwise nothing."""
    found: dict[JsonValue, Schema] = {}
    for member in members:
        listed = _only_value(member)
        if not isinstance(member, Schema) or not isinstance(listed, (str, int, NoneType)) or listed in found:
            return {}
        if listed is not None:
            found[listed] = member
    return found


def _only_value(node: SchemaOrRef) -> JsonValue | Missing:
    if not isinstance(node, Schema):
        return MISSING
    alone = attrs.evolve(node, types=(), enum=None, const=MISSING)
    if has_structure(alone) or node.negated is not None or node.unmodelled:
        return MISSING
    if node.types == ("null",):
        return None
    return node.enum[0] if node.enum is not None and len(node.enum) == 1 else node.const


def _listed(schema: Schema) -> tuple[JsonValue, ...]:
    """The values of an enumeration, null perhaps among them."""
    return schema.enum if schema.enum is not None else tuple(alternatives((*schema.one_of, *schema.any_of)))


def is_enum(schema: Schema) -> bool:
    """Return whether a schema lists values, null aside, that can be the members of one class."""
    return can_be_class(value for value in _listed(schema) if value is not None)


def enum_members(keywords: Schema, values: tuple[LiteralValue, ...], sink: DiagnosticSink) -> tuple[EnumMember, ...]:
    """Return the members of an enumeration, which are called as `x-enum-varnames`, `x-enumNames` or `x-ms-enum` say, as
    the `title` of each value does, or else by their values.

    Names that don't fit the values are reported.
    """
    extensions = dict(keywords.extensions.items)
    each = alternatives((*keywords.one_of, *keywords.any_of))
    given = {value: schema.title for value, schema in each.items() if schema.title}
    given |= _by_value(extensions, _NAMES, "name", keywords, sink)
    docs = {value: schema.description for value, schema in each.items() if schema.description}
    docs |= _by_value(extensions, _DOCS, "description", keywords, sink)
    taken: set[str] = set()
    members: list[EnumMember] = []
    for value in values:
        wanted = given.get(value)
        name = names.free_in(taken, names.member_name(wanted or str(value)))
        members.append(EnumMember(name=name, value=value, doc=docs.get(value)))
    return tuple(members)


def _by_value(
    extensions: Mapping[str, JsonValue],
    keys: tuple[str, ...],
    key_of_microsoft: str,
    keywords: Schema,
    sink: DiagnosticSink,
) -> dict[JsonValue, str]:
    """What an extension says about each value: a list beside `enum`, or an object with the values as keys."""
    values = _listed(keywords)
    listed = [value for value in values if value is not None]
    for key in keys:
        match extensions.get(key):
            case tuple() as texts:
                found = [text for value, text in zip(values, texts) if value is not None]
                found = found if len(texts) == len(values) else list(texts)
                if len(found) == len(listed):
                    return {value: text for value, text in zip(listed, found) if isinstance(text, str) and text}
                span = keywords.span
                sink.report(catalog.ENUM_NAMES_UNFIT, span, key=key, count=len(texts), values=len(listed))
            case JsonObject(items):
                by_text = dict(items)
                texts_of = {value: by_text.get(str(value)) for value in listed}
                return {value: text for value, text in texts_of.items() if isinstance(text, str) and text}
            case _:
                pass
    return dict(_of_microsoft(extensions.get(_MICROSOFT), key_of_microsoft))


def _of_microsoft(said: JsonValue, key: str) -> Iterator[tuple[JsonValue, str]]:
    """`x-ms-enum: {name: …, values: [{value: …, name: …, description: …}]}`"""
    listed = dict(said.items).get("values") if isinstance(said, JsonObject) else None
    for entry in listed if isinstance(listed, tuple) else ():
        member = dict(entry.items) if isinstance(entry, JsonObject) else {}
        text = member.get(key)
        if isinstance(text, str) and text:
            yield member.get("value"), text


def inline_enums(document: Document, config: SdkConfig, chosen: Mapping[str, NamedSchema]) -> dict[str, NamedSchema]:
    """Return enumerations that stand inside of named schemas, by their pointers, with names: `Pet` and its property
    `status` give `PetStatus`. Requests and responses then have the same class.

    Members of unions stay what they are, and so does all if sdk.yaml doesn't ask for classes everywhere.
    """
    if config.enums != "class":
        return {}
    taken = {schema.name for schema in (*document.schemas, *chosen.values())}
    found: dict[str, NamedSchema] = {}
    for named in document.schemas:
        if not isinstance(named.schema, Schema):
            continue
        for node, words in _inside(named.schema, (names.type_name(named.name),)):
            pointer = pointer_from(document.file, node.span.file, node.pointer)
            if pointer in chosen or pointer in found or len(_listed(node)) < 2:
                continue
            if is_enum(node):
                found[pointer] = named_here(node, names.free_in(taken, _name_in(node) or "".join(words)))
    return found


def _name_in(node: Schema) -> str:
    said = dict(node.extensions.items).get(_MICROSOFT)
    name = dict(said.items).get("name") if isinstance(said, JsonObject) else None
    return names.type_name(name) if isinstance(name, str) else ""


def _inside(schema: Schema, words: tuple[str, ...]) -> Iterator[tuple[Schema, tuple[str, ...]]]:
    """The schemas that are written inside of one, each with the words of its name; no members of unions."""

    def enter(node: SchemaOrRef | bool | None, *more: str) -> Iterator[tuple[Schema, tuple[str, ...]]]:
        if isinstance(node, Schema):
            yield node, (*words, *more)
            yield from _inside(node, (*words, *more))

    for prop in schema.properties:
        yield from enter(prop.schema, _word(prop))
    if schema.items is not None:
        last = words[-1]
        yield from _inside_items(schema.items, words[:-1], names.singular(last) if len(words) > 1 else last, last)
    yield from enter(schema.additional_properties, "Value")
    for part in (*schema.all_of, *schema.any_of, *schema.one_of):
        if isinstance(part, Schema):
            yield from _inside(part, words)


def _inside_items(
    node: SchemaOrRef, words: tuple[str, ...], singular: str, plural: str
) -> Iterator[tuple[Schema, tuple[str, ...]]]:
    if isinstance(node, Schema):
        name = singular if words else f"{plural}Item"
        yield node, (*words, name)
        yield from _inside(node, (*words, name))


def _word(prop: Property) -> str:
    return names.pascal(prop.name) or names.pascal(names.attribute(prop.name))
