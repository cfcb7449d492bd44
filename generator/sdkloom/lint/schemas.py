"""Checks of schemas: names that are the same in Python, unions, formats, what nothing uses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..diagnostics import lint_catalog
from ..diagnostics.span import Span
from ..document.model import (
    Document,
    JsonValue,
    Missing,
    NamedSchema,
    Operation,
    Property,
    Schema,
    SchemaOrRef,
    SchemaRef,
)
from ..document.walk import walk
from ..ir.api import Api
from ..ir.walk import all_definitions
from ..lower.names import identifiers
from ..lower.types.named_schemas import NamedSchemas
from .operations import received_schemas, resolved, sent_schemas
from .reporter import Reporter

_FORMATS = {
    "date-time": ("a point in time", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")),
    "date": ("a date", re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")),
    "uuid": ("a UUID", re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)),
}
_BY_POSITION = re.compile(r"Variant\d+(Param)?$")
_MANY_VALUES, _MANY_PLACES = 4, 3


def check_schemas(
    document: Document, operations: Iterable[Operation], schemas: NamedSchemas, reporter: Reporter
) -> None:
    """Report what is wrong with the schemas of a document that `operations`, or webhooks, use."""
    families = _Families(schemas)
    listed, webhooks = list(operations), document.webhooks
    received = [node for one in listed for node in received_schemas(one)]
    received += [node for one in webhooks for node in sent_schemas(one)]
    sent = [node for one in listed for node in sent_schemas(one)]
    sent += [node for one in webhooks for node in received_schemas(one)]
    used = _Reach((*received, *sent), schemas, families)
    rest = [node for one in document.operations for node in (*received_schemas(one), *sent_schemas(one))]
    _check_names((named for named in document.schemas if named.name in used.names), reporter)
    _check_unused(document.schemas, used.names | _Reach(rest, schemas, families).names, schemas, reporter)
    for node in used.written.values():
        if isinstance(node, Schema):
            _check_properties(node, reporter)
    for node in _Reach(received, schemas, families).written.values():
        if isinstance(node, Schema):
            _check_union(node, schemas, reporter)
    _check_enums(document, used, reporter)


def _check_unused(
    named_schemas: Iterable[NamedSchema], used: set[str], schemas: NamedSchemas, reporter: Reporter
) -> None:
    """Report what nothing uses; not what only that would use."""
    unused = [named for named in named_schemas if named.name and named.name not in used and _is_component(named)]
    below = {
        found.name
        for named in unused
        for node in walk(named.schema)
        for found in _behind(node, schemas)
        if found is not named
    }
    for named in unused:
        if named.name not in below:
            reporter.report(lint_catalog.UNUSED_SCHEMA, named.span, name=named.name)


def _check_enums(document: Document, used: _Reach, reporter: Reporter) -> None:
    """Report lists of values that stand in several places, in none of which they have a name."""
    named = {id(one.schema) for one in document.schemas}
    enums: dict[tuple[JsonValue, ...], list[Span]] = defaultdict(list)
    for node in used.written.values():
        if isinstance(node, Schema) and node.enum is not None and id(node) not in named and not node.title:
            enums[node.enum].append(node.span)
    for values, unsorted in enums.items():
        spans = sorted(unsorted)
        if len(values) >= _MANY_VALUES and len(spans) >= _MANY_PLACES:
            facts = {"count": len(values), "times": len(spans)}
            reporter.report(lint_catalog.ENUM_REPEATED, spans[0], related=("and here", spans[1]), **facts)


def check_types(api: Api, reporter: Reporter) -> None:
    """Report types that are named by their position in a union."""
    for name, definition in all_definitions(api).items():
        if _BY_POSITION.search(name.name) and re.search(r"/(?:oneOf|anyOf)/\d+$", definition.pointer):
            reporter.report(lint_catalog.NAMED_BY_POSITION, definition.span, name=name.name.removesuffix("Param"))


class _Reach:
    """What some schemas lead to."""

    def __init__(self, start: Iterable[SchemaOrRef], schemas: NamedSchemas, families: _Families) -> None:
        self.names: set[str] = set()
        self.written: dict[int, SchemaOrRef] = {}
        """Every schema, once."""
        pending = list(start)
        while pending:
            for node in walk(pending.pop()):
                if id(node) in self.written:
                    continue
                self.written[id(node)] = node
                for named in _behind(node, schemas):
                    for one in (named, *families.of(named)):
                        if one.name not in self.names:
                            self.names.add(one.name)
                            pending.append(one.schema)


class _Families:
    """The schemas that are made of one with a discriminator (`allOf`): they are its variants, though it lists none."""

    def __init__(self, schemas: NamedSchemas) -> None:
        self._children: dict[str, list[NamedSchema]] = defaultdict(list)
        for named in schemas.all:
            parts = named.schema.all_of if isinstance(named.schema, Schema) else ()
            for part in parts:
                parent = schemas.target_of(part.ref) if isinstance(part, SchemaRef) else None
                if parent is not None and isinstance(parent.schema, Schema) and parent.schema.discriminator is not None:
                    self._children[parent.name].append(named)

    def of(self, named: NamedSchema) -> list[NamedSchema]:
        return self._children.get(named.name, [])


def _behind(node: SchemaOrRef, schemas: NamedSchemas) -> Iterator[NamedSchema]:
    """The schemas that a node refers to: itself, or with its discriminator."""
    refs = [node.ref] if isinstance(node, SchemaRef) else []
    if isinstance(node, Schema) and node.discriminator is not None:
        refs += [mapping.target for mapping in node.discriminator.mapping]
    for ref in refs:
        named = schemas.target_of(ref)
        if named is not None:
            yield named


def _is_component(named: NamedSchema) -> bool:
    return bool(re.fullmatch(r"/components/schemas/[^/]+", named.pointer))


def _check_names(schemas: Iterable[NamedSchema], reporter: Reporter) -> None:
    first: dict[str, NamedSchema] = {}
    for named in schemas:
        if not named.name or not _is_component(named):
            continue
        symbol = identifiers.type_name(named.name)
        other = first.setdefault(symbol, named)
        if other is not named:
            facts = {"name": named.name, "other": other.name, "symbol": symbol}
            reporter.report(lint_catalog.SCHEMAS_COLLIDE, named.span, related=("the other one", other.span), **facts)


def _check_properties(schema: Schema, reporter: Reporter) -> None:
    first: dict[str, Property] = {}
    for prop in schema.properties:
        symbol = identifiers.attribute(prop.name)
        other = first.setdefault(symbol, prop)
        if other is not prop:
            facts = {"name": prop.name, "other": other.name, "symbol": symbol}
            reporter.report(lint_catalog.PROPERTIES_COLLIDE, prop.span, related=("the other one", other.span), **facts)
        _check_format(prop, reporter)


def _check_format(prop: Property, reporter: Reporter) -> None:
    """Report a text whose examples are all of a format that isn't said."""
    schema = prop.schema
    if isinstance(schema, SchemaRef) or "string" not in schema.types or schema.format or not schema.examples:
        return
    if schema.enum is not None or not isinstance(schema.const, Missing) or schema.bounds.pattern is not None:
        return
    for name, (what, pattern) in _FORMATS.items():
        if all(isinstance(example, str) and pattern.fullmatch(example) for example in schema.examples):
            reporter.report(lint_catalog.FORMAT_MISSING, prop.span, name=prop.name, what=what, format=name)


def _check_union(schema: Schema, schemas: NamedSchemas, reporter: Reporter) -> None:
    """Report a union of objects that share their required properties, if none of those tells them apart."""
    members = [resolved(member, schemas) for member in (*schema.one_of, *schema.any_of)]
    objects = [member for member in members if member is not None and member.properties and not member.all_of]
    if schema.discriminator is not None or schema.properties or len(objects) < 2 or len(objects) < len(members):
        return
    required = [frozenset(member.required) for member in objects]
    known = [frozenset(prop.name for prop in member.properties) for member in objects]
    distinct = all(
        (one - known[b]) and (other - known[a])
        for a, one in enumerate(required)
        for b, other in enumerate(required)
        if a < b
    )
    if not distinct and not any(_tells_apart(name, objects) for name in known[0].intersection(*known[1:])):
        reporter.report(lint_catalog.UNTOLD_VARIANTS, schema.span, count=len(objects))


def _tells_apart(name: str, objects: list[Schema]) -> bool:
    """Whether a property has other values in each of some objects; one of them may take any."""
    found = [_values(next(prop.schema for prop in one.properties if prop.name == name)) for one in objects]
    fixed = [values for values in found if values]
    return len(fixed) >= len(found) - 1 and all(
        one.isdisjoint(other) for at, one in enumerate(fixed) for other in fixed[:at]
    )


def _values(schema: SchemaOrRef) -> frozenset[object]:
    """The values that a property can have, but null; none if it can have any."""
    if not isinstance(schema, Schema):
        return frozenset()
    if not isinstance(schema.const, Missing):
        return frozenset([schema.const])
    if schema.enum is not None:
        return frozenset(schema.enum)
    members = [
        one for one in (*schema.any_of, *schema.one_of) if not (isinstance(one, Schema) and one.types == ("null",))
    ]
    values = [_values(member) for member in members]
    return frozenset(value for each in values for value in each) if all(values) else frozenset()
