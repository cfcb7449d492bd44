"""What a schema is: its shape, and whether null is allowed besides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.model import (
    MISSING,
    JsonValue,
    NamedSchema,
    Parameter,
    Property,
    Schema,
    SchemaOrRef,
    SchemaRef,
)
from ...ir.direction import Direction
from ...ir.types import LiteralValue
from .all_of import AllOfMerger, has_structure, is_null, overlay, structural_members
from .enums import alternatives
from .families import Families
from .named_schemas import NamedSchemas
from .shape_kinds import (
    AnyShape,
    ArrayShape,
    LiteralShape,
    MapShape,
    NullShape,
    ObjectShape,
    RefShape,
    ScalarShape,
    Shape,
    UnionShape,
)


@attrs.frozen(eq=False, kw_only=True)
class Resolved:
    """A schema's shape."""

    shape: Shape
    nullable: bool
    """Whether null is allowed besides it."""
    keywords: Schema
    """All else that is said of the values: description, title, default, flags, bounds. Of a `$ref`, only what stands
    beside it."""


_EVERY_NAME = frozenset({"", ".*", "^.*", ".*$", "^.*$", "^(.*)$", "(.*)", ".+", "^.+$"})
"""Patterns that all names match, but perhaps the empty one."""
_ANY = AnyShape()
_NULL = NullShape()


class Shapes:
    """Finds the shapes of schemas. What is lost on the way is reported; each schema is looked at once."""

    def __init__(
        self,
        schemas: NamedSchemas,
        families: Families,
        sink: DiagnosticSink,
        inlined: frozenset[str] = frozenset(),
    ) -> None:
        """`inlined` are the schemas that are written where a `$ref` stands."""
        self._schemas = schemas
        self._inlined = inlined
        self.families = families
        self._all_of = AllOfMerger(schemas, families, sink)
        self._sink = sink
        self._known: dict[int, tuple[SchemaOrRef, Resolved]] = {}
        self._in_progress: set[int] = set()

    def pointer_of(self, node: SchemaOrRef | NamedSchema | Parameter) -> str:
        """Return the pointer of `node`, with its file in front if that isn't the document's own."""
        file = node.file if isinstance(node, NamedSchema) else node.span.file
        return self._schemas.pointer_in(file, node.pointer)

    def of(self, node: SchemaOrRef) -> Resolved:
        """Return the shape of `node`. A `$ref` to a named schema stays one."""
        known = self._known.get(id(node))
        if known is None:
            if id(node) in self._in_progress:
                return Resolved(shape=_ANY, nullable=False, keywords=Schema(span=node.span))
            self._in_progress.add(id(node))
            resolved = self._ref(node) if isinstance(node, SchemaRef) else self._schema(node)
            self._in_progress.discard(id(node))
            known = self._known[id(node)] = (node, resolved)
        return known[1]

    def dereferenced(self, node: SchemaOrRef) -> Resolved:
        """Return the shape of `node`, or if it is a `$ref`, that of its target, through every further `$ref`."""
        resolved = self.of(node)
        if not isinstance(resolved.shape, RefShape):
            return resolved
        seen: set[str] = set()
        nullable = resolved.nullable
        while isinstance(resolved.shape, RefShape):
            target = resolved.shape.target
            if target.name in seen:
                return Resolved(shape=_ANY, nullable=nullable, keywords=resolved.keywords)
            seen.add(target.name)
            resolved = self.of(target.schema)
            nullable = nullable or resolved.nullable
        return Resolved(shape=resolved.shape, nullable=nullable, keywords=resolved.keywords)

    def variants(self, node: SchemaOrRef) -> Iterator[SchemaOrRef]:
        """Yield what a value of `node` may follow: `node` itself or, of a union, its variants."""
        shape = self.dereferenced(node).shape
        if isinstance(shape, UnionShape):
            yield from self.variants_of(shape)
        else:
            yield node

    def variants_of(self, union: UnionShape) -> Iterator[SchemaOrRef]:
        """Yield the variants of a union and of all unions inside of it. Each union is looked at once."""
        seen = {union}
        pending = [union]
        while pending:
            for member in pending.pop().members:
                shape = self.dereferenced(member).shape
                if not isinstance(shape, UnionShape):
                    yield member
                elif shape not in seen:
                    seen.add(shape)
                    pending.append(shape)

    def has_parts(self, node: SchemaOrRef) -> bool:
        """Return whether a schema says of what a value is made, and so more than that it is a text or bytes."""
        for shape in (self.dereferenced(variant).shape for variant in self.variants(node)):
            if isinstance(shape, ObjectShape) or (isinstance(shape, ArrayShape) and shape.items):
                return True
            if isinstance(shape, MapShape) and shape.value is not None:
                return True
        return False

    def is_visible(self, prop: Property, direction: Direction) -> bool:
        """Whether a property takes part in `direction`: `readOnly` ones aren't sent, `writeOnly` ones aren't received
        (JSON Schema 2020-12 validation §9.4).
        """
        here = self.of(prop.schema).keywords
        target = self.dereferenced(prop.schema).keywords
        if direction is Direction.RESPONSE:
            return not (here.write_only or target.write_only)
        return not (here.read_only or target.read_only)

    def literals(self, shape: ObjectShape, property_name: str) -> tuple[LiteralValue, ...]:
        """Return the values that the schema of a property allows, if it lists them (`const`, `enum`)."""
        for prop in shape.properties:
            if prop.name == property_name:
                inner = self.dereferenced(prop.schema).shape
                return inner.values if isinstance(inner, LiteralShape) else ()
        return ()

    def _ref(self, node: SchemaRef) -> Resolved:
        target = self._only_variant(self._schemas.target_of(node.ref))
        siblings = node.siblings
        keywords = siblings or Schema(description=node.ref.description, span=node.span)
        if target is None:
            return Resolved(shape=_ANY, nullable=False, keywords=keywords)
        if self._is_null(node):
            return Resolved(shape=_NULL, nullable=True, keywords=keywords)
        if siblings is not None and has_structure(siblings):
            alone = attrs.evolve(node, siblings=None)
            return self._schema(attrs.evolve(siblings, all_of=(alone, *siblings.all_of), span=node.span))
        inner = self.of(target.schema)
        nullable = inner.nullable or bool(siblings and siblings.nullable)
        if target.name in self._inlined:
            doc = keywords.description or inner.keywords.description
            keywords = attrs.evolve(siblings or inner.keywords, description=doc)
            return Resolved(shape=inner.shape, nullable=nullable, keywords=keywords)
        return Resolved(shape=RefShape(target), nullable=nullable, keywords=keywords)

    def _only_variant(self, target: NamedSchema | None) -> NamedSchema | None:
        """`target`, or what it refers to, if it is a union of nothing but that."""
        seen: set[str] = set()
        while target is not None and isinstance(target.schema, Schema) and target.name not in seen:
            seen.add(target.name)
            schema = target.schema
            members = structural_members(schema)
            if len(members) != 1 or not isinstance(members[0], SchemaRef) or members[0].siblings is not None:
                break
            if schema.properties or schema.all_of or schema.nullable or "null" in schema.types:
                break
            target = self._schemas.target_of(members[0].ref)
        return target

    def _schema(self, schema: Schema) -> Resolved:
        chosen = self._schemas.chosen_at(schema)
        if chosen is not None:
            return Resolved(shape=RefShape(chosen), nullable=self.of(chosen.schema).nullable, keywords=schema)
        single, described = self._single_all_of(schema)
        if single is not None and not self.families.is_child(schema, single):
            schema = described
            self._report_keywords(schema)
            inner = self.of(single)
            nullable = inner.nullable if schema.nullable is None else schema.nullable
            documented = schema.description is not None or isinstance(inner.shape, RefShape)
            return Resolved(shape=inner.shape, nullable=nullable, keywords=schema if documented else inner.keywords)
        variants = self.families.variants(schema)
        if variants or self.families.lists_children(schema):
            shape, null = self._union(schema, list(variants) or structural_members(schema))
            return Resolved(shape=shape, nullable=null or bool(schema.nullable), keywords=schema)
        merged = self._all_of.merged(schema)
        self._report_losses(merged)
        nullable = (
            bool(merged.nullable) or "null" in merged.types or merged.const is None or None in (merged.enum or ())
        )
        shape, null_member = self._classify(merged)
        if isinstance(shape, (ObjectShape, UnionShape)):
            named = self._schemas.standing_at(schema)
            if named is not None:
                return Resolved(shape=RefShape(named), nullable=nullable or null_member, keywords=merged)
        return Resolved(shape=shape, nullable=nullable or null_member, keywords=merged)

    def _single_all_of(self, schema: Schema) -> tuple[SchemaOrRef | None, Schema]:
        """The only member of an `allOf` around which stands nothing but documentation and `nullable`, and the schema
        with that. Documentation may also be a member of its own beside a type with a name: `[$ref, {description}]`."""
        if schema.all_of and set(schema.types) == {"object"} and all(map(self._is_object, schema.all_of)):
            schema = attrs.evolve(schema, types=())  # the members say it too
        if not schema.all_of or has_structure(attrs.evolve(schema, all_of=())):
            return None, schema
        texts = [part for part in schema.all_of if isinstance(part, Schema) and not has_structure(part)]
        others = [part for part in schema.all_of if all(part is not text for text in texts)]
        if len(others) != 1 or (texts and not isinstance(self.of(others[0]).shape, RefShape)):
            return (schema.all_of[0] if len(schema.all_of) == 1 else None), schema
        described = schema
        for text in texts:
            described = overlay(described, text)
        return others[0], overlay(described, schema) if texts else schema

    def _is_object(self, node: SchemaOrRef) -> bool:
        """Whether a reference is to a type with a name that says itself that it is an object."""
        target = self._schemas.target_of(node.ref) if isinstance(node, SchemaRef) else None
        return target is not None and isinstance(target.schema, Schema) and "object" in target.schema.types

    def _classify(self, schema: Schema) -> tuple[Shape, bool]:
        """The shape, and whether a variant of the union was null."""
        if schema.boolean is not None:
            return _ANY, False
        if schema.const is not MISSING:
            return self._literal(schema, (schema.const,)), False
        if schema.enum is not None:
            return self._literal(schema, schema.enum), False
        members = structural_members(schema)
        if members and schema.properties:
            return self._object(self._all_of.folded(attrs.evolve(schema, one_of=(), any_of=()), [schema])), False
        if members:
            return self._union(schema, [self._with_items(member, schema.items) for member in members])
        return self._typed(schema), False

    def _with_items(self, variant: SchemaOrRef, items: SchemaOrRef | None) -> SchemaOrRef:
        """A variant with the `items` beside the union: they hold for each array that says nothing of its own."""
        if items is None or isinstance(variant, SchemaRef) or "array" not in variant.types:
            return variant
        is_open = variant.items is None or isinstance(self.dereferenced(variant.items).shape, AnyShape)
        return attrs.evolve(variant, items=items) if is_open else variant

    def _union(self, schema: Schema, members: list[SchemaOrRef]) -> tuple[Shape, bool]:
        others = [member for member in members if not self._is_null(member)]
        if any(isinstance(member, SchemaRef) for member in others):
            others = [member for member in others if not _means_null(member)]
        null = len(others) != len(members) or any(map(self._may_be_null, others))
        if not others:
            return _NULL, True
        if len(others) == 1:
            inner = self.of(others[0])
            return inner.shape, null or inner.nullable
        values = tuple(value for value in alternatives(others) if isinstance(value, (str, int)))
        if values:
            return LiteralShape(values), null
        return UnionShape(tuple(others), schema.discriminator), null

    def _is_null(self, node: SchemaOrRef) -> bool:
        """Whether only null fits a schema, also by a name, as the `NullEnum` of Django REST framework."""
        if not isinstance(node, SchemaRef) or (node.siblings is not None and has_structure(node.siblings)):
            return is_null(node)
        target = self._only_variant(self._schemas.target_of(node.ref))
        return target is not None and is_null(target.schema)

    def _may_be_null(self, variant: SchemaOrRef) -> bool:
        """Whether a variant says of itself, or of one of its own variants, that it may be null."""
        pending, seen = [variant], set[int]()
        while pending:
            node = pending.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, SchemaRef):
                target = self._schemas.target_of(node.ref)
                pending += [target.schema] if target is not None else []
                node = node.siblings or Schema()
            if node.nullable or "null" in node.types or None in (node.enum or ()):
                return True
            pending += [*node.one_of, *node.any_of]
        return False

    def _typed(self, schema: Schema) -> Shape:
        kinds = tuple(kind for kind in schema.types if kind != "null")
        if len(kinds) > 1:
            members = [attrs.evolve(schema, types=(kind,), nullable=None) for kind in _most_general(kinds)]
            return UnionShape(tuple(members), None) if len(members) > 1 else self._typed(members[0])
        if not kinds and schema.types:
            return _NULL
        kind = kinds[0] if kinds else _implied(schema)
        if kind == "object":
            return self._object(schema)
        if kind == "array":
            return self._array(schema)
        return _scalar(kind, schema)

    def _check_required(self, schema: Schema) -> None:
        """Warn of required names that look like a declared property misspelt, or that can't be there at all."""
        known = [prop.name for prop in schema.properties]
        optional = [name for name in known if name not in schema.required]
        for name in schema.required:
            hint = did_you_mean(name, optional) if name not in known else None
            if hint or (name not in known and schema.additional_properties is False):
                self._sink.report(catalog.REQUIRED_UNDECLARED, schema.span, name=name, hint=hint)

    def _object(self, schema: Schema) -> Shape:
        extra = schema.additional_properties
        if schema.properties:
            self._check_required(schema)
            return ObjectShape(schema.properties, frozenset(schema.required), extra)
        if schema.pattern_properties:
            return self._pattern_map(schema)
        if extra is False:
            return ObjectShape((), frozenset(), False)
        if extra is True:
            return MapShape(None)
        return MapShape(None if extra is None or (isinstance(extra, Schema) and not has_structure(extra)) else extra)

    def _pattern_map(self, schema: Schema) -> Shape:
        values = [prop.schema for prop in schema.pattern_properties]
        return MapShape(values[0] if len(values) == 1 else Schema(any_of=tuple(values), span=schema.span))

    def _array(self, schema: Schema) -> Shape:
        if not schema.prefix_items:
            return ArrayShape((schema.items,) if schema.items is not None else ())
        self._sink.report(catalog.TUPLE_DEGRADED, schema.span)
        rest = (schema.items,) if schema.items is not None else ()
        closed = isinstance(schema.items, Schema) and schema.items.boolean is False
        return ArrayShape(schema.prefix_items + (() if closed else rest))

    def _literal(self, schema: Schema, values: tuple[JsonValue, ...]) -> Shape:
        others = tuple(value for value in values if value is not None)
        kinds = [kind for kind in schema.types if kind != "null"]
        if kinds == ["string"] and any(not isinstance(value, str) for value in others):
            odd = next(value for value in others if not isinstance(value, str))
            self._sink.report(catalog.ENUM_NOT_TEXT, schema.span, value=odd)
            others = tuple(value if isinstance(value, str) else _as_text(value) for value in others)
        literals = tuple(value for value in others if isinstance(value, (str, int)))
        if literals and len(literals) == len(others):
            return LiteralShape(distinct(literals))
        if values and not others:
            return _NULL
        if others:
            self._sink.report(catalog.LITERAL_DEGRADED, schema.span)
        return self._typed(attrs.evolve(schema, enum=None, const=MISSING))

    def _report_keywords(self, schema: Schema) -> None:
        if schema.negated is not None:
            self._sink.report(catalog.KEYWORD_IGNORED, schema.negated.span, keyword="not")
        for keyword in schema.unmodelled:
            self._sink.report(catalog.KEYWORD_IGNORED, schema.span, keyword=keyword)

    def _report_losses(self, schema: Schema) -> None:
        self._report_keywords(schema)
        if schema.discriminator is not None and not structural_members(schema):
            name = schema.discriminator.property_name
            self._sink.report(catalog.DISCRIMINATOR_ALONE, schema.discriminator.span, name=name)
        if any(prop.name not in _EVERY_NAME or schema.properties for prop in schema.pattern_properties):
            self._sink.report(catalog.PATTERN_PROPERTIES, schema.span)
        if schema.any_of and schema.one_of and structural_members(schema):
            self._sink.report(catalog.TWO_UNIONS, schema.span)


def _means_null(variant: SchemaOrRef) -> bool:
    """Whether a variant beside a reference is there for its `nullable` only: `{type: object, nullable: true}`, as
    generators of 3.0 write null, which has no type there."""
    if isinstance(variant, SchemaRef) or not variant.nullable or variant.types != ("object",):
        return False
    return not has_structure(attrs.evolve(variant, types=(), nullable=None))


def distinct(values: Iterable[LiteralValue]) -> tuple[LiteralValue, ...]:
    """Return the values without repetitions. For Python `1 == True`; for JSON they are two values."""
    return tuple({(type(value), value): value for value in values}.values())


def _implied(schema: Schema) -> str:
    """The type that the other keywords imply when `type` is absent."""
    if schema.properties or schema.additional_properties is not None or schema.pattern_properties:
        return "object"
    if schema.items is not None or schema.prefix_items:
        return "array"
    if (
        schema.format in {"date-time", "date", "byte", "binary", "uuid"}
        or schema.content_encoding
        or schema.content_media_type
    ):
        return "string"
    return "any"


def _scalar(kind: str, schema: Schema) -> Shape:
    if kind == "string":
        base64 = schema.format == "byte" or (schema.content_encoding or "").lower() == "base64"
        media = schema.content_media_type
        encoding = (schema.content_encoding or "").lower()
        binary = "binary" in (schema.format, encoding) or (not encoding and _is_binary(media))
        return ScalarShape(kind, schema.format, base64, binary)
    if kind in {"integer", "number", "boolean"}:
        return ScalarShape(kind, schema.format)
    return _ANY


def _is_binary(media: str | None) -> bool:
    """Whether content of this type is no text: a file, where a body can hold one (OpenAPI 3.1 §4.8.14.2)."""
    name = (media or "text/plain").partition(";")[0].strip().lower()
    return not name.startswith("text/") and not name.endswith(("json", "xml", "yaml", "javascript"))


def _most_general(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """`number` covers `integer`."""
    return tuple(kind for kind in kinds if not (kind == "integer" and "number" in kinds))


def _as_text(value: JsonValue) -> JsonValue:
    """What YAML read as a number or a boolean, as the text that was meant."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else value
