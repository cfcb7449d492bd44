"""The schemas of a document as plain JSON, by pointer: a second reading, which shares nothing with `lower`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs

from ..document.pointers import escape, unescape

Json = Any
"""Decoded JSON: dicts, lists and scalars."""

JsonObject = dict[str, Any]

UNIONS = ("oneOf", "anyOf")
_SINGLE = ("items", "additionalProperties")


@attrs.frozen
class LocatedSchema:
    """A schema and where it stands, refs followed."""

    pointer: str
    schema: JsonObject = attrs.field(eq=False)
    wrappers: tuple[str, ...] = ()
    """Pointers of what stands around it and says nothing more."""

    def below(self, *steps: str) -> str:
        """The JSON pointer of what stands below; steps are escaped (RFC 6901 §3)."""
        return "/".join((self.pointer, *(escape(step) for step in steps)))


class Schemas:
    """Looks up schemas. Only refs within the document are followed."""

    def __init__(self, document: JsonObject) -> None:
        self._document = document
        self._known: dict[str, LocatedSchema | None] = {}

    def at(self, pointer: str) -> LocatedSchema | None:
        """What stands at `#/…`, a `$ref` there or on the way followed; `None` if that is no JSON object."""
        seen: list[str] = []
        found: LocatedSchema | None = None
        while pointer not in self._known:
            seen.append(pointer)
            self._known[pointer] = None  # in a circle of refs stands nothing
            found = self._without_ref(pointer)
            ref = found.schema.get("$ref") if found else None
            if not isinstance(ref, str):
                break
            pointer = ref
        else:
            found = self._known[pointer]
        self._known.update(dict.fromkeys(seen, found))
        return found

    def _without_ref(self, pointer: str) -> LocatedSchema | None:
        """What stands at `pointer`; if that is a `$ref`, the object that holds it."""
        if not pointer.startswith("#"):
            return None
        current = LocatedSchema("#", self._document)
        node: Json = self._document
        for raw in pointer.split("/")[1:]:
            step = unescape(raw)
            if isinstance(node, dict) and step not in node and "$ref" in node:
                followed = self.at(str(cast("JsonObject", node)["$ref"]))
                if followed is None:
                    return None
                current, node = followed, followed.schema
            node = _child(node, step)
            if node is None:
                return None
            current = LocatedSchema(current.below(step), as_object(node))
        return current if isinstance(node, dict) else None

    def followed(self, pointer: str, schema: Json) -> LocatedSchema | None:
        """The schema that stands at `pointer`, a `$ref` followed; `None` for the schemas `true` and `false`."""
        ref = as_object(schema).get("$ref")
        if isinstance(ref, str):
            return self.at(ref)
        return LocatedSchema(pointer, as_object(schema)) if isinstance(schema, dict) else None

    def parts(self, place: LocatedSchema) -> list[LocatedSchema]:
        """`place` and what its `allOf` adds, the base first; what is added twice, where it comes last."""
        found: dict[str, LocatedSchema] = {}
        pending = [place]
        while pending:
            part = pending.pop()
            if part.pointer not in found:
                found[part.pointer] = part
                pending += self._members(part, "allOf")
        return list(reversed(found.values()))

    def properties(self, place: LocatedSchema) -> dict[str, list[LocatedSchema]]:
        """Every declared property, with the places that say something about it: the last one wins."""
        found: dict[str, list[LocatedSchema]] = {}
        for part in self.parts(place):
            for name, schema in as_object(part.schema.get("properties")).items():
                pointer = part.below("properties", name)
                found.setdefault(name, []).append(LocatedSchema(pointer, as_object(schema)))
        return found

    def required(self, place: LocatedSchema) -> set[str]:
        """The names in `required`, of all parts of the schema."""
        return {name for part in self.parts(place) for name in as_list(part.schema.get("required"))}

    def says(self, place: LocatedSchema, keyword: str) -> bool:
        """Whether a flag (`readOnly`) is set on a property, beside a `$ref` or at its end."""
        followed = self.followed(place.pointer, place.schema)
        known = [place, *(self.parts(followed) if followed else [])]
        return any(part.schema.get(keyword) is True for part in known)

    def says_at(self, pointer: str, keyword: str) -> bool:
        """Whether a flag is set on what stands at `pointer`, a request body for instance."""
        place = self.at(pointer)
        return place is not None and place.schema.get(keyword) is True

    def folded(self, place: LocatedSchema) -> set[str]:
        """The keys that only the alternatives beside the properties of an object declare or require."""
        found: set[str] = set()
        seen: set[str] = set()
        pending = [place]
        while pending:
            for part in self.parts(pending.pop()):
                for member in self.variants(part):
                    if member.pointer not in seen:
                        seen.add(member.pointer)
                        found |= self.properties(member).keys() | self.required(member)
                        pending.append(member)
        return found - self.required(place)

    def reachable(self, pointer: str) -> Iterator[LocatedSchema]:
        """Every object with properties that a value of this schema can hold, itself included."""
        start = self.at(pointer)
        pending = [start] if start else []
        seen: set[str] = set()
        while pending:
            place = self.bare(pending.pop())
            if place.pointer in seen:
                continue
            seen.add(place.pointer)
            is_object = bool(self.properties(place))
            if is_object:
                yield place
            pending += self._of_properties(place)
            for part in self.parts(place):
                pending += self._inside(part)
                for member in self.variants(part):
                    pending += [*self._inside(member), *self._of_properties(member)] if is_object else [member]

    def bare(self, place: LocatedSchema) -> LocatedSchema:
        """Without what only wraps: an `allOf` or a union of one, null aside."""
        wrappers: dict[str, None] = {}
        while place.pointer not in wrappers:
            members = self.variants(place) or self._members(place, "allOf")
            solid = [member for member in members if not is_null(member.schema)]
            if len(solid) != 1 or place.schema.keys() & {"properties", "required"}:
                break
            wrappers.update(dict.fromkeys((place.pointer, *place.wrappers)))
            place = solid[0]
        return attrs.evolve(place, wrappers=(*place.wrappers, *wrappers))

    def variants(self, place: LocatedSchema) -> list[LocatedSchema]:
        """The members of its `oneOf` and `anyOf`, refs followed."""
        return [member for key in UNIONS for member in self._members(place, key)]

    def _members(self, place: LocatedSchema, key: str) -> list[LocatedSchema]:
        members = enumerate(as_list(place.schema.get(key)))
        places = [self.followed(place.below(key, str(position)), member) for position, member in members]
        return [member for member in places if member is not None]

    def _of_properties(self, place: LocatedSchema) -> list[LocatedSchema]:
        """The schemas of its properties, where several parts declare one that of the last."""
        last = [most_telling(places) for places in self.properties(place).values()]
        places = [self.followed(each.pointer, each.schema) for each in last]
        return [each for each in places if each is not None]

    def _inside(self, part: LocatedSchema) -> list[LocatedSchema]:
        """The schemas of items and of undeclared keys."""
        found = [(part.below(key), part.schema[key]) for key in _SINGLE if key in part.schema]
        patterns = as_object(part.schema.get("patternProperties"))
        found += [(part.below("patternProperties", name), inner) for name, inner in patterns.items()]
        places = [self.followed(pointer, inner) for pointer, inner in found]
        return [place for place in places if place is not None] + self._members(part, "prefixItems")


def outside_refs(document: Json) -> Iterator[str]:
    """Every reference that leads out of the document, wherever it stands: in a `$ref`, or in a discriminator's mapping
    (OpenAPI 3.1 §4.8.25)."""
    pending: list[Json] = [document]
    while pending:
        node = pending.pop()
        for key, inner in as_object(node).items():
            if key in ("$ref", "$dynamicRef") and isinstance(inner, str) and not inner.startswith("#"):
                yield inner
            elif key == "mapping":
                yield from (str(ref) for ref in as_object(inner).values() if "/" in str(ref) and str(ref)[:1] != "#")
        pending += [inner for inner in (*as_object(node).values(), *as_list(node)) if isinstance(inner, (dict, list))]


_DOCUMENTATION = {"description", "title", "example", "examples", "default", "deprecated", "nullable", "externalDocs"}


def says_something(schema: JsonObject) -> bool:
    """Whether a schema does more than document."""
    return bool(schema.keys() - _DOCUMENTATION)


def most_telling(places: list[LocatedSchema]) -> LocatedSchema:
    """The last one that says more than a description."""
    return next((place for place in reversed(places) if says_something(place.schema)), places[-1])


def is_null(schema: JsonObject) -> bool:
    """Whether null is the only value."""
    return schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None] or ("const", None) in schema.items()


def as_object(value: Json) -> JsonObject:
    """A JSON object; empty for anything else."""
    return cast("JsonObject", value) if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    """A JSON array; empty for anything else."""
    return cast("list[Json]", value) if isinstance(value, list) else []


def _child(node: Json, step: str) -> Json:
    if isinstance(node, Mapping):
        return cast("JsonObject", node).get(step)
    items = as_list(node)
    return items[int(step)] if step.isdecimal() and int(step) < len(items) else None
