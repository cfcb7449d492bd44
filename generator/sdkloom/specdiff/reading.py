"""Reads what schemas ask that hold together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

import attrs

from ..document.json_kinds import kind_of
from ..document.model import (
    MISSING,
    Bounds,
    JsonObject,
    JsonValue,
    Property,
    Schema,
    SchemaOrRef,
    SchemaRef,
)
from .conditions import DEPENDENT, SCHEMAS, schema_of
from .json_values import alone_in, constants, is_null, text_of
from .meaning import Meaning, Nodes, is_anything, refs_of, with_integers

Resolve = Callable[[SchemaRef], "SchemaOrRef | None"]


@attrs.frozen(kw_only=True)
class Scope:
    """How references are read."""

    resolve: Resolve
    """Gives the target, or `None` where a reference is passed over."""
    whole: Resolve
    """Gives the target in any case."""
    name: Callable[[SchemaRef], str]
    """Gives what the target is called in both documents."""


_NUMBERS = ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of")
_OF_KIND = {
    "string": ("min_length", "max_length"),
    "array": ("min_items", "max_items", "unique_items"),
    "object": ("min_properties", "max_properties"),
    "number": _NUMBERS,
    "integer": _NUMBERS,
}


def meaning_of(nodes: Nodes, scope: Scope) -> Meaning:
    """Return what `nodes` ask together."""
    reader = _Reader(scope)
    for node in nodes:
        reader.read(node, True)
    return reader.meaning()


_ASKED = (
    *("kinds", "nullable", "values", "alternatives", "bounds", "patterns", "format", "content_encoding"),
    *("content_media_type", "required", "closed", "conditions", "negated"),
)
"""Facets that ask something of values."""


def asked(nodes: Nodes, scope: Scope) -> Hashable:
    """Return all that `nodes` ask, to be compared as a whole. References go by their names."""
    alone = Scope(resolve=lambda _: None, whole=lambda _: None, name=scope.name)
    meaning = meaning_of(nodes, alone)
    held = [(key, asked(inner, alone)) for key, inner in meaning.parts.items()]
    held += [(f"pattern {name}", asked(inner, alone)) for name, inner in meaning.pattern_properties.items()]
    counts = meaning.closed or meaning.is_map  # whether it matters that a key is named at all
    held += [
        (f"property {name}", asked(inner, alone))
        for name, inner in meaning.properties.items()
        if counts or not all(map(is_anything, inner))
    ]
    unions = [
        (word, frozenset(Counter(asked((member,), alone) for member in members).items()))
        for word, members in zip(meaning.unions, meaning.members)
    ]
    names = frozenset(scope.name(ref) for ref in refs_of(nodes))
    return names, *(getattr(meaning, name) for name in _ASKED), frozenset(held), frozenset(unions)


class _Reader:
    """Gathers what schemas ask that hold together."""

    def __init__(self, scope: Scope, seen: frozenset[str] = frozenset()) -> None:
        self._scope = scope
        self._seen = set(seen)
        self._kinds: frozenset[str] | None = None
        self._is_nullable: bool | None = None
        self._values: dict[str, JsonValue] | None = None
        self._alternatives: dict[str, JsonValue] = {}
        self._known: dict[str, JsonValue] = {}
        self._deprecated_values: set[str] = set()
        self._bounds: dict[str, Any] = {}
        self._sets: dict[str, list[Any]] = {}
        self._flags: dict[str, Any] = {}
        self._first: dict[str, Any] = {}
        self._properties: dict[str, Nodes] = {}
        self._pattern_properties: dict[str, Nodes] = {}
        self._parts: dict[str, Nodes] = {}
        self._unions: list[tuple[str, Nodes]] = []

    def read(self, node: SchemaOrRef, is_here: bool) -> None:
        """Add a schema; `is_here`: it doesn't stand behind a reference."""
        if isinstance(node, Schema):
            self._schema(node, is_here)
            return
        if node.ref.description is not None and is_here:
            self._add("descriptions", node.ref.description)
        if node.siblings is not None:
            self.read(node.siblings, is_here)
        target = None if node.ref.target in self._seen else self._scope.resolve(node)
        if target is not None:
            self._seen.add(node.ref.target)
            self.read(target, False)

    def _schema(self, schema: Schema, is_here: bool) -> None:
        if _is_nothing(schema):
            self._only(frozenset(), False)
        may_be_null = "null" in schema.types or bool(schema.nullable)
        if schema.types:
            kinds = frozenset(schema.types) - {"null"}
            self._only(kinds, may_be_null)
        if may_be_null and (schema.all_of or not schema.types):  # also where no part says it
            self._flags["nullable"] = True
        if schema.const is not MISSING:
            self._one_of_values((schema.const,), schema)
        if schema.enum is not None:
            self._one_of_values(schema.enum, schema)
        self._limits(schema.bounds)
        if schema.format is not None:
            self._add("formats", schema.format)
        for name in ("content_encoding", "content_media_type", "discriminator"):
            if getattr(schema, name) is not None:
                self._first.setdefault(name, getattr(schema, name))
        if schema.default is not MISSING:
            self._first.setdefault("default", schema.default)
        for name in ("deprecated", "read_only", "write_only"):
            self._flags[name] = self._flags.get(name, False) or getattr(schema, name)
        for name in schema.required:
            self._add("required", name)
        self._conditions(schema)
        if is_here:
            self._texts(schema)
        self._inside(schema)
        for member in schema.all_of:
            self.read(member, is_here)
        for word, members in (("anyOf", schema.any_of), ("oneOf", schema.one_of)):
            if members:
                self._union(word, members, is_here)

    def _conditions(self, schema: Schema) -> None:
        """Add what no Python type can express; what says nothing without another keyword is left out."""
        given = dict(schema.conditions.items)
        schemas = {key: schema_of(value, schema.span.file) for key, value in given.items() if key in SCHEMAS}
        found: list[tuple[str, Hashable]] = []
        for key, value in given.items():
            if key in ("then", "else") and "if" in given:
                found.append((key, (self._asked(schemas["if"]), self._asked(schemas[key]))))
            elif key in DEPENDENT and isinstance(value, JsonObject):
                found += self._dependent(value, schema.span.file)
            elif key in ("minContains", "maxContains"):
                found += [(key, value)] if "contains" in given else []
            elif key == "contains" or (key in SCHEMAS - {"if", "then", "else"} and not is_anything(schemas[key])):
                found.append((key, self._asked(schemas[key])))
            elif key not in SCHEMAS:
                found.append((key, value))
        for each in found:
            self._add("conditions", each)
        if schema.negated is not None:
            self._add("negated", self._asked(schema.negated))

    def _asked(self, node: SchemaOrRef) -> Hashable:
        return asked((node,), self._scope)

    def _dependent(self, value: JsonObject, file: str) -> Iterator[tuple[str, Hashable]]:
        for name, inner in value.items:
            if isinstance(inner, tuple):
                yield from (("dependentRequired", (name, each)) for each in inner)
            else:
                yield "dependentSchemas", (name, self._asked(schema_of(inner, file)))

    def _texts(self, schema: Schema) -> None:
        if schema.title is not None or schema.examples:
            self._add("texts", (schema.title, schema.examples))
        if schema.description is not None:
            self._add("descriptions", schema.description)
        for item in schema.extensions.items:
            self._add("extensions", item)

    def _inside(self, schema: Schema) -> None:
        for found, properties in (
            (self._properties, schema.properties),
            (self._pattern_properties, schema.pattern_properties),
        ):
            for prop in properties:
                _append(found, prop)
        if schema.additional_properties is False or _is_nothing(schema.additional_properties):
            self._flags["closed"] = True
        for key, node in (
            ("items", schema.items),
            ("additionalProperties", schema.additional_properties),
            ("propertyNames", schema.property_names),
            ("contentSchema", schema.content_schema),
            *((f"prefixItems/{position}", node) for position, node in enumerate(schema.prefix_items)),
        ):
            if isinstance(node, (Schema, SchemaRef)) and not is_anything(node):
                self._parts[key] = (*self._parts.get(key, ()), node)

    def _union(self, word: str, members: Nodes, is_here: bool) -> None:
        if word == "anyOf" and any(map(is_anything, members)):
            return
        listed: dict[str, JsonValue] = {}
        rest: list[SchemaOrRef] = []
        for member in self._flat(members, is_here):
            values = (None,) if is_null(member) else self._constants(member)
            if values is None:
                rest.append(member)
                continue
            found = {text_of(value): value for value in values}
            listed.update(found)
            if isinstance(member, Schema):
                self._deprecated_values.update(found if member.deprecated else ())
                if is_here and not is_null(member):
                    self._texts(member)
        if listed.pop("null", True) is None:
            self._flags["nullable"] = True
        if listed and not rest:
            self._one_of_values((*listed.values(), None) if self._flags.get("nullable") else listed.values(), None)
        elif len(rest) == 1 and not listed:
            self.read(rest[0], is_here)
        elif rest:
            self._variants(word, tuple(rest), listed, is_here)

    def _flat(self, members: Nodes, is_here: bool) -> Iterator[SchemaOrRef]:
        """The variants of a union. One that is nothing but a composition of one schema is that, perhaps beside null."""
        for member in members:
            inner = alone_in(member)
            if inner is None:
                yield self._without_null(member)
                continue
            if is_here and isinstance(member, Schema):
                self._texts(member)
            yield from self._flat(inner, is_here)

    def _without_null(self, member: SchemaOrRef) -> SchemaOrRef:
        """A variant that may be null: then the whole union may."""
        if not isinstance(member, Schema) or not member.types or is_null(member):
            return member
        if not member.nullable and "null" not in member.types:
            return member
        self._flags["nullable"] = True
        return attrs.evolve(member, nullable=None, types=tuple(kind for kind in member.types if kind != "null"))

    def _constants(self, member: SchemaOrRef) -> tuple[JsonValue, ...] | None:
        """The values that a variant lists, if it says nothing else."""
        if isinstance(member, Schema):
            return constants(member)
        target = self._scope.resolve(member) if member.siblings is None else None
        return constants(target) if isinstance(target, Schema) else None

    def _variants(self, word: str, members: Nodes, listed: dict[str, JsonValue], is_here: bool) -> None:
        """Variants of different kinds are one schema: what is said of texts says nothing of objects."""
        apart = [self._alone(member) for member in members]
        kinds = [frozenset[str]() if each.kinds is None else each.kinds for each in apart]
        together = frozenset[str]().union(*kinds)
        covered = with_integers(together) if all(kinds) else None
        for text, value in listed.items():
            is_known = covered is None or kind_of(value) in covered
            (self._known if is_known else self._alternatives)[text] = value
        are_one = len(together) == sum(map(len, kinds)) and all(kinds) and not {"integer", "number"} <= together
        if not are_one or any(each.values is not None for each in apart):
            self._unions.append((word, members))
            return
        self._only(together | set(map(kind_of, listed.values())), any(each.nullable for each in apart))
        before = (self._kinds, self._is_nullable, self._values, self._flags.get("deprecated", False))
        for member in members:
            self._kinds, self._is_nullable, self._values = None, None, None
            self.read(member, is_here)
        self._kinds, self._is_nullable, self._values, self._flags["deprecated"] = before
        for each in apart:
            if each.deprecated and each.kinds:
                self._deprecated_values.add(f"variant {' or '.join(sorted(each.kinds))}")

    def _alone(self, member: SchemaOrRef) -> Meaning:
        inner = _Reader(attrs.evolve(self._scope, resolve=self._scope.whole), frozenset(self._seen))
        inner.read(member, False)
        return inner.meaning()

    def _only(self, kinds: frozenset[str], is_nullable: bool) -> None:
        """What is left of the kinds: integers are numbers."""
        before = self._kinds
        if before is None:
            self._kinds = kinds
        else:
            whole = {"integer"} if "number" in (before ^ kinds) and "integer" in (before | kinds) else set[str]()
            self._kinds = (before & kinds) | whole
        self._is_nullable = is_nullable if self._is_nullable is None else self._is_nullable and is_nullable

    def _one_of_values(self, values: Iterable[JsonValue], schema: Schema | None) -> None:
        texts = {text_of(value): value for value in values}
        if "null" in texts:
            del texts["null"]
            if schema is None or not schema.types:
                self._is_nullable = self._is_nullable is not False
        elif schema is None or not schema.nullable:
            self._is_nullable = False
        before = self._values
        self._values = texts if before is None else {text: texts[text] for text in before if text in texts}
        if schema is not None and schema.deprecated and len(texts) == 1:
            self._deprecated_values.update(texts)

    def _limits(self, bounds: Bounds) -> None:
        if bounds == Bounds():
            return
        found = {name: getattr(bounds, name) for name in attrs.fields_dict(Bounds)}
        for side in ("minimum", "maximum"):
            flag = found[f"exclusive_{side}"]
            if isinstance(flag, bool):  # as in OpenAPI 3.0
                found[f"exclusive_{side}"] = found[side] if flag else None
                found[side] = None if flag else found[side]
        if found["pattern"] is not None:
            self._add("patterns", found["pattern"])
        del found["pattern"]
        for name, value in found.items():
            if value is None or (value == 0 and name in ("min_length", "min_items", "min_properties", "unique_items")):
                continue
            before = self._bounds.get(name)
            self._bounds[name] = value if before is None else _closer(name, before, value)

    def _add(self, name: str, value: Any) -> None:
        self._sets.setdefault(name, []).append(value)

    def meaning(self) -> Meaning:
        """Return all that was gathered."""
        kinds = self._allowed_kinds()
        named = self._sets
        bounds = Bounds(
            **{
                name: value
                for name, value in self._bounds.items()
                if kinds is None or any(name in _OF_KIND.get(kind, ()) for kind in kinds)
            }
        )
        discriminator = self._first.pop("discriminator", None)
        is_open = self._flags.get("nullable") or (self._is_nullable is not False and kinds is None)
        return Meaning(
            kinds=kinds,
            nullable=bool(is_open if self._is_nullable is None else self._is_nullable or self._flags.get("nullable")),
            values=None if self._values is None else frozenset(self._values),
            alternatives=frozenset(self._alternatives),
            known=frozenset(self._known),
            deprecated_values=frozenset(self._deprecated_values),
            bounds=_as_integers(bounds) if _has_only_integers(kinds) else bounds,
            patterns=frozenset(named.get("patterns", ()) if kinds is None or "string" in kinds else ()),
            required=frozenset(named.get("required", ())),
            closed=self._flags.get("closed", False),
            is_map="additionalProperties" in self._parts and not self._flags.get("closed"),
            format=", ".join(sorted({*named.get("formats", ())})) or None,
            held=frozenset(self._parts) & {"items", "additionalProperties", "contentSchema"},
            names_keys="propertyNames" in self._parts,
            key_patterns=frozenset(self._pattern_properties),
            tuple_length=sum(key.startswith("prefixItems") for key in self._parts),
            unions=tuple(word for word, _ in self._unions),
            discriminator=None if discriminator is None else discriminator.property_name,
            conditions=frozenset(named.get("conditions", ())),
            negated=frozenset(named.get("negated", ())),
            texts=tuple(named.get("texts", ())),
            descriptions=tuple(dict.fromkeys(named.get("descriptions", ()))),
            extensions=JsonObject(tuple(named.get("extensions", ()))),
            properties=self._properties,
            pattern_properties=self._pattern_properties,
            parts=self._parts,
            members=tuple(members for _, members in self._unions),
            **{name: self._flags.get(name, False) for name in ("deprecated", "read_only", "write_only")},
            **self._first,
        )

    def _allowed_kinds(self) -> frozenset[str] | None:
        kinds = self._kinds
        if kinds is None:
            kinds = self._implied()
        if self._values is not None:
            kinds = frozenset(kind_of(value) for value in self._values.values()) - {"null"}
        return kinds

    def _implied(self) -> frozenset[str] | None:
        """The kinds that other keywords are about, where there is no `type`."""
        if self._properties or self._pattern_properties or "additionalProperties" in self._parts:
            return frozenset({"object"})
        if "items" in self._parts or any(key.startswith("prefixItems") for key in self._parts):
            return frozenset({"array"})
        found: set[str] = set()
        for _, members in self._unions:
            for member in members:
                kinds = self._alone(member).kinds
                if kinds is None:
                    return None
                found |= kinds
        if found:
            found |= set(map(kind_of, (*self._known.values(), *self._alternatives.values())))
        return frozenset(found) if found else None


def _append(found: dict[str, Nodes], prop: Property) -> None:
    found[prop.name] = (*found.get(prop.name, ()), prop.schema)


def _is_nothing(node: SchemaOrRef | bool | None) -> bool:
    return isinstance(node, Schema) and (node.boolean is False or node == Schema(negated=Schema()))


def _closer(name: str, one: Any, other: Any) -> Any:
    if name.startswith("min") or name == "exclusive_minimum":
        return max(one, other)
    if name == "multiple_of" and isinstance(one, int) and isinstance(other, int):
        return math.lcm(one, other)
    return one or other if name == "unique_items" else min(one, other) if name != "multiple_of" else one


def _as_integers(bounds: Bounds) -> Bounds:
    """Limits of integers without `exclusive…`: more than 0 is 1 and up."""
    found = {name: getattr(bounds, name) for name in ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum")}
    low = [] if found["minimum"] is None else [math.ceil(found["minimum"])]
    low += [] if found["exclusive_minimum"] is None else [math.floor(found["exclusive_minimum"]) + 1]
    high = [] if found["maximum"] is None else [math.floor(found["maximum"])]
    high += [] if found["exclusive_maximum"] is None else [math.ceil(found["exclusive_maximum"]) - 1]
    return attrs.evolve(
        bounds,
        minimum=max(low, default=None),
        maximum=min(high, default=None),
        exclusive_minimum=None,
        exclusive_maximum=None,
    )


def _has_only_integers(kinds: frozenset[str] | None) -> bool:
    """Whether all numbers that are allowed are integers."""
    return kinds is not None and "integer" in kinds and "number" not in kinds
