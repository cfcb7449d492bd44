"""Schema Objects: a table of keywords, each with the way in which its value is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from ..diagnostics import catalog
from ..diagnostics.nearest import did_you_mean
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode
from .files import Target, ref_node
from .misplaced import level_hint, property_hint
from .model import (
    Bounds,
    Discriminator,
    DiscriminatorMapping,
    JsonObject,
    JsonValue,
    Property,
    Ref,
    Schema,
    SchemaOrRef,
    SchemaRef,
)
from .pointers import escape
from .reader import Context, Obj, flag, list_items, number
from .value_checks import check_values

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_MEANT = {name: name for name in TYPES} | {
    "bool": "boolean",
    "dict": "object",
    "double": "number",
    "float": "number",
    "int": "integer",
    "list": "array",
    "long": "integer",
    "map": "object",
    "str": "string",
    "text": "string",
}
"""The type that is meant by the words of other languages, and by other spellings (in lower case)."""


def parse_schema(
    context: Context, node: Node, pointer: str, what: str = "a schema", hint: str | None = None
) -> SchemaOrRef:
    """Read a Schema Object (OpenAPI 3.1 §4.8.24) or a Reference Object in its place.

    An unreadable one is reported and becomes the schema that allows everything. `what` is its name in messages, `hint`
    says what else it may be.
    """
    if isinstance(node, ScalarNode) and isinstance(node.value, bool):
        if context.version < (3, 1):
            context.wrong_shape(node, what, "a mapping (schemas that are `true` or `false` come with OpenAPI 3.1)")
        return Schema(boolean=node.value, pointer=pointer, span=node.span)
    if not isinstance(node, MappingNode):
        context.wrong_shape(node, what, "a mapping", hint)
        return Schema(pointer=pointer, span=node.span)
    if "$ref" in node.entries:
        ref = ref_node(node)
        if ref is None:
            context.wrong_shape(node.entries["$ref"], "`$ref`", "a text")
            return Schema(pointer=pointer, span=node.span)
        return _schema_ref(context, node, ref, pointer)
    return _SchemaReader(context, node, pointer).read()


def make_ref(context: Context, ref: ScalarNode) -> Ref:
    """Return a `$ref` to a schema, made absolute. If its target can't be found, that is reported, and empty."""
    target = canonical(context, ref)
    if target is None:
        return Ref(text=ref.text, file=ref.file.base, target="", span=ref.span)
    context.targets.setdefault(target.key, target)
    return Ref(text=ref.text, file=target.file, target=target.key, span=ref.span)


def canonical(context: Context, ref: ScalarNode) -> Target | None:
    """Return what `ref` points at. A component that only refers to another file is the same as the target there."""
    if context.files.target(ref) is None or context.files.final_target(ref) is None:
        return None
    chain: list[Target] = []
    further: ScalarNode | None = ref
    while further is not None:
        target = context.files.target(further)
        if target is None:
            return None
        chain.append(target)
        further = None if target.key in context.canonical else ref_node(target.node)
    found = context.canonical.setdefault(chain[-1].key, chain[-1])
    for target, below in zip(chain[-2::-1], chain[:0:-1]):
        found = target if found.key == below.key and below.file == target.file else found
        context.canonical[target.key] = found
    return found


def _schema_ref(context: Context, node: MappingNode, ref: ScalarNode, pointer: str) -> SchemaRef:
    made = make_ref(context, ref)
    siblings = None
    if len(node.entries) > 1:
        if context.version >= (3, 1):
            siblings = _SchemaReader(context, node, pointer).read()
        else:
            texts: dict[str, str | None] = {}
            for key, value in node.entries.items():
                if key in ("summary", "description"):
                    texts[key] = value.value if isinstance(value, ScalarNode) and isinstance(value.value, str) else None
                elif key == "nullable":  # has no effect by the letter, but all who write it mean it
                    siblings = Schema(nullable=flag(context, value, key), pointer=pointer, span=node.span)
                elif key != "$ref" and not key.startswith("x-"):
                    context.sink.report(catalog.SCHEMA_REF_SIBLING, node.key_span(key), key=key)
            made = Ref(text=made.text, file=made.file, target=made.target, span=made.span, **texts)
            if siblings is not None:
                siblings = attrs.evolve(siblings, description=texts.get("description"))
    return SchemaRef(ref=made, siblings=siblings, pointer=pointer, span=node.span)


class _SchemaReader:
    """Reads one schema into the arguments of `Schema`."""

    __slots__ = ("bounds", "context", "fields", "node", "pointer")

    def __init__(self, context: Context, node: MappingNode, pointer: str) -> None:
        self.context = context
        self.node = node
        self.pointer = pointer
        self.fields: dict[str, Any] = {}
        self.bounds: dict[str, Any] = {}

    def read(self) -> Schema:
        extensions: list[tuple[str, JsonValue]] = []
        unmodelled: list[tuple[str, JsonValue]] = []
        for key, value in self.node.entries.items():
            known = _KEYWORDS.get(key)
            if known is not None:
                reader, field = known
                reader(self, key, value, field)
            elif key.startswith("x-"):
                extensions.append((key, self.context.json(value)))
            elif key == "unevaluatedProperties" and not _EVALUATES & self.node.entries.keys():
                self.unevaluated(key, value, "additional_properties")
            elif key in _UNMODELLED:
                unmodelled.append((key, self.context.json(value)))
            elif key not in _WITHOUT_EFFECT:
                self._unknown(key)
        check_values(self.context, self.node, self.fields.get("types", ()))
        if self.bounds:
            self.fields["bounds"] = Bounds(**self.bounds)
        if extensions:
            self.fields["extensions"] = JsonObject(tuple(extensions))
        if unmodelled:
            self.fields["unmodelled"] = tuple([key for key, _ in unmodelled])
            self.fields["conditions"] = JsonObject(tuple(unmodelled))
        return Schema(**self.fields, pointer=self.pointer, span=self.node.span)

    def _unknown(self, key: str) -> None:
        hint = level_hint(self.node, key, "Schema", self.pointer)
        known = [*_KEYWORDS, *_UNMODELLED, *_WITHOUT_EFFECT]
        hint = hint or did_you_mean(key, known, "keys of your own begin with `x-`")
        self.context.sink.report(catalog.UNKNOWN_KEY, self.node.key_span(key), hint=hint, key=key, kind="Schema")

    def type(self, key: str, value: Node, field: str) -> None:
        listed = isinstance(value, SequenceNode)
        if listed and self.context.version < (3, 1):
            self.context.sink.report(catalog.TYPE_LIST, value.span)
        types: list[str] = []
        for node in value.items if isinstance(value, SequenceNode) else [value]:
            name = node.value if isinstance(node, ScalarNode) else None
            if isinstance(node, ScalarNode) and name is None and node.text and listed:
                name = "null"  # `type: [string, null]` without quotes: what is meant is plain
            if not isinstance(name, str):
                self.context.odd(node, "`type`", "a text", "absent")
            elif name not in TYPES:
                meant = _MEANT.get(name.lower())
                hint = did_you_mean(name, TYPES, f"types are {', '.join(TYPES)}")
                read = f"it is read as `{meant}`" if meant else "any value is allowed"
                self.context.sink.report(catalog.UNKNOWN_TYPE, node.span, hint=hint, name=name, read=read)
                types += [meant] if meant else []
            else:
                types.append(name)
        self.fields[field] = tuple(dict.fromkeys(types))

    def text(self, key: str, value: Node, field: str) -> None:
        if isinstance(value, ScalarNode) and isinstance(value.value, str):
            self.fields[field] = value.value
        else:
            self.fields[field] = Obj(self.context, "Schema", self.node, self.pointer).text(key)

    def flag(self, key: str, value: Node, field: str) -> None:
        found = flag(self.context, value, key)
        if found is not None:
            self.fields[field] = found

    def value(self, key: str, value: Node, field: str) -> None:
        self.fields[field] = self.context.json(value)

    def values(self, key: str, value: Node, field: str) -> None:
        items = list_items(self.context, value, key)
        if items or isinstance(value, SequenceNode):
            self.fields[field] = tuple([self.context.json(item) for item in items])

    def example(self, key: str, value: Node, field: str) -> None:
        self.fields.setdefault(field, (self.context.json(value),))

    def examples(self, key: str, value: Node, field: str) -> None:
        if isinstance(value, MappingNode):
            self.context.sink.report(catalog.EXAMPLES_MAPPING, self.node.key_span(key))
        else:
            self.values(key, value, field)

    def texts(self, key: str, value: Node, field: str) -> None:
        if isinstance(value, ScalarNode) and isinstance(value.value, bool):
            self.context.sink.report(catalog.REQUIRED_FLAG, value.span, text=value.text)
            return
        self.fields[field] = tuple(dict.fromkeys(Obj(self.context, "Schema", self.node, self.pointer).texts(key)))

    def number(self, key: str, value: Node, field: str) -> None:
        self.bounds[field] = number(self.context, value, key)

    def integer(self, key: str, value: Node, field: str) -> None:
        self.bounds[field] = number(self.context, value, key, "integer")

    def exclusive(self, key: str, value: Node, field: str) -> None:
        if isinstance(value, ScalarNode) and isinstance(value.value, bool):
            self.bounds[field] = value.value
        else:
            self.number(key, value, field)

    def pattern(self, key: str, value: Node, field: str) -> None:
        self.bounds[field] = Obj(self.context, "Schema", self.node, self.pointer).text(key)

    def unique(self, key: str, value: Node, field: str) -> None:
        self.bounds[field] = Obj(self.context, "Schema", self.node, self.pointer).flag(key)

    def schema(self, key: str, value: Node, field: str) -> None:
        self.fields[field] = parse_schema(self.context, value, f"{self.pointer}/{key}", f"`{key}`")

    def schema_or_flag(self, key: str, value: Node, field: str) -> None:
        if isinstance(value, ScalarNode):
            self.flag(key, value, field)
        else:
            self.schema(key, value, field)

    def unevaluated(self, key: str, value: Node, field: str) -> None:
        """That nothing more is allowed than what others declare changes no type."""
        is_closed = isinstance(value, MappingNode) and value.entries.keys() == {"not"}
        if not (is_closed or isinstance(value, ScalarNode) and value.value is False):
            self.schema_or_flag(key, value, field)
        elif not {"$ref", "allOf"} & self.node.entries.keys():
            self.fields[field] = False

    def items(self, key: str, value: Node, field: str) -> None:
        """A list was a tuple in earlier JSON Schema (2019-09 core §9.3.1.1)."""
        if isinstance(value, SequenceNode) and value.items:
            self.context.odd(value, "`items`", "a schema", "`prefixItems`")
            self.schemas("prefixItems", value, "prefix_items", at=key)
        else:
            self.schema(key, value, field)

    def schemas(self, key: str, value: Node, field: str, at: str = "") -> None:
        if not isinstance(value, SequenceNode):
            self.context.wrong_shape(value, f"`{key}`", "a list of schemas")
            return
        if not value.items:
            self.context.sink.report(catalog.EMPTY_LIST, value.span, key=key)
        self.fields[field] = tuple(
            [
                parse_schema(self.context, item, f"{self.pointer}/{at or key}/{index}", f"each item of `{key}`")
                for index, item in enumerate(value.items)
            ]
        )

    def properties(self, key: str, value: Node, field: str) -> None:
        ref = ref_node(value)
        if ref is not None:
            self._included(key, ref, field)
        elif isinstance(value, MappingNode):
            self._properties(value, f"{self.pointer}/{key}/", field)
        else:
            self.context.wrong_shape(value, f"`{key}`", "a mapping")

    def _included(self, key: str, ref: ScalarNode, field: str) -> None:
        """`properties: {$ref: …}` is not in OpenAPI, but documents of several files do it."""
        target = self.context.files.final_target(ref)
        if target is None:
            return
        if target.key in self.context.included:
            self.context.sink.report(catalog.CYCLIC_REF, ref.span, ref=ref.text)
        elif isinstance(target.node, MappingNode):
            self.context.included.append(target.key)
            self._properties(target.node, f"{target.pointer}/", field)
            self.context.included.pop()
        else:
            self.context.wrong_shape(target.node, f"`{key}`", "a mapping")

    def _properties(self, value: MappingNode, base: str, field: str) -> None:
        limit = self.context.files.limits.properties
        if len(value.entries) > limit:
            place = value.key_span(list(value.entries)[limit])
            what = "the schema has"
            self.context.sink.report(
                catalog.OVER_LIMIT, place, what=what, limit=f"{limit} properties", name="properties"
            )
            return
        self.fields[field] = tuple(
            [
                Property(
                    name=name,
                    schema=parse_schema(
                        self.context,
                        item,
                        base + escape(name),
                        f"property `{name}`",
                        None if isinstance(item, MappingNode) else property_hint(name, self.node),
                    ),
                    span=value.key_span(name),
                )
                for name, item in value.entries.items()
            ]
        )

    def discriminator(self, key: str, value: Node, field: str) -> None:
        span = self.node.key_span(key)
        if isinstance(value, ScalarNode) and isinstance(value.value, str):  # as in Swagger 2.0
            self.context.odd(value, "`discriminator`", "a mapping", "its `propertyName`")
            self.fields[field] = Discriminator(property_name=value.value, span=span)
            return
        if not isinstance(value, MappingNode):
            self.context.odd(value, "`discriminator`", "a mapping with `propertyName`", "absent")
            return
        obj = Obj(self.context, "Discriminator", value, f"{self.pointer}/{key}", span)
        obj.check_keys()
        mapping: list[DiscriminatorMapping] = []
        for name, target, name_span, _ in obj.entries("mapping"):
            if isinstance(target, ScalarNode) and isinstance(target.value, str):
                mapping.append(DiscriminatorMapping(value=name, target=_mapped(self.context, target), span=name_span))
            else:
                self.context.odd(target, f"`{name}` in `mapping`", "the name of a schema or a reference", "absent")
        default = value.entries.get("defaultMapping")
        name = obj.expected_text("propertyName", "the discriminator is left out")
        if not name:
            return
        self.fields[field] = Discriminator(
            property_name=name,
            mapping=tuple(mapping),
            default_mapping=_mapped(self.context, default) if isinstance(default, ScalarNode) else None,
            span=span,
        )

    def nothing(self, key: str, value: Node, field: str) -> None:
        """`$ref`: read before."""


def _mapped(context: Context, node: ScalarNode) -> Ref:
    """A discriminator's target: the name of a component wins over a relative reference (OpenAPI 3.1 §4.8.25)."""
    root = context.files.root(node.file.base)
    components = root.entries.get("components") if isinstance(root, MappingNode) else None
    schemas = components.entries.get("schemas") if isinstance(components, MappingNode) else None
    if isinstance(schemas, MappingNode) and node.text in schemas.entries:
        pointer = f"#/components/schemas/{escape(node.text)}"
        made = make_ref(context, ScalarNode(node.file, node.start, node.end, pointer, pointer))
        return Ref(text=node.text, file=made.file, target=made.target, span=made.span)
    if "/" not in node.text and "#" not in node.text and "." not in node.text:
        known = schemas.entries if isinstance(schemas, MappingNode) else ()
        hint = did_you_mean(node.text, known)
        context.sink.report(catalog.UNKNOWN_MAPPING, node.span, hint=hint, name=node.text)
        return Ref(text=node.text, file=node.file.base, target="", span=node.span)
    return make_ref(context, node)


_Reader = Callable[["_SchemaReader", str, Node, str], None]
_R = _SchemaReader

_KEYWORDS: dict[str, tuple[_Reader, str]] = {
    "$ref": (_R.nothing, ""),
    "type": (_R.type, "types"),
    "nullable": (_R.flag, "nullable"),
    "format": (_R.text, "format"),
    "contentEncoding": (_R.text, "content_encoding"),
    "contentMediaType": (_R.text, "content_media_type"),
    "contentSchema": (_R.schema, "content_schema"),
    "title": (_R.text, "title"),
    "description": (_R.text, "description"),
    "default": (_R.value, "default"),
    "const": (_R.value, "const"),
    "enum": (_R.values, "enum"),
    "example": (_R.example, "examples"),
    "examples": (_R.examples, "examples"),
    "deprecated": (_R.flag, "deprecated"),
    "readOnly": (_R.flag, "read_only"),
    "writeOnly": (_R.flag, "write_only"),
    "properties": (_R.properties, "properties"),
    "required": (_R.texts, "required"),
    "additionalProperties": (_R.schema_or_flag, "additional_properties"),
    "patternProperties": (_R.properties, "pattern_properties"),
    "propertyNames": (_R.schema, "property_names"),
    "items": (_R.items, "items"),
    "prefixItems": (_R.schemas, "prefix_items"),
    "allOf": (_R.schemas, "all_of"),
    "anyOf": (_R.schemas, "any_of"),
    "oneOf": (_R.schemas, "one_of"),
    "not": (_R.schema, "negated"),
    "discriminator": (_R.discriminator, "discriminator"),
    "minimum": (_R.number, "minimum"),
    "maximum": (_R.number, "maximum"),
    "exclusiveMinimum": (_R.exclusive, "exclusive_minimum"),
    "exclusiveMaximum": (_R.exclusive, "exclusive_maximum"),
    "multipleOf": (_R.number, "multiple_of"),
    "minLength": (_R.integer, "min_length"),
    "maxLength": (_R.integer, "max_length"),
    "pattern": (_R.pattern, "pattern"),
    "minItems": (_R.integer, "min_items"),
    "maxItems": (_R.integer, "max_items"),
    "uniqueItems": (_R.unique, "unique_items"),
    "minProperties": (_R.integer, "min_properties"),
    "maxProperties": (_R.integer, "max_properties"),
}

_EVALUATES = frozenset({"additionalProperties", "anyOf", "oneOf", "if", "dependentSchemas", "$dynamicRef"})
"""Keywords beside which `unevaluatedProperties` isn't the same as `additionalProperties` (JSON Schema 2020-12 core
§11.3): which properties they evaluate depends on the value."""

_WITHOUT_EFFECT = frozenset(
    {"xml", "externalDocs", "$anchor", "$comment", "$schema", "$defs", "definitions", "$vocabulary"}
)
"""Keywords that say nothing about the values. `$defs` is read when something refers to it."""

_UNMODELLED = frozenset(
    {
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$recursiveAnchor",
        "$recursiveRef",
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "else",
        "if",
        "maxContains",
        "minContains",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
