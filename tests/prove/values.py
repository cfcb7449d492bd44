"""Values that a document allows: drawn from its schemas, and pushed to the edges of all limits in sight."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from sdkloom.verify.examples import Endless, Examples
from sdkloom.verify.pattern_texts import from_pattern
from sdkloom.verify.schemas import Schemas

Json = Any
Path = tuple[Any, ...]

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_LIMITS = frozenset({*_BOUNDS, *_SIZES})
_TEXTS = (
    "", "a", "text", "Some words.", "x" * 300, "1", "2024-05-06", "2024-05-06T07:08:09Z", "some one@example",
    "2f1b7c9e-8a54-4c6e-9d2b-0123456789ab", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "https://example.com/a", "c29tZQ==", "é ✓",
)  # fmt: skip
_LARGE = 64
"""Longer lists than this are not made."""


class Values:
    """Draws values that are valid by one document. `others` are documents whose limits and values are tried too, as
    are `texts`."""

    def __init__(
        self, document: Mapping[str, Json], others: Iterable[Mapping[str, Json]] = (), texts: Iterable[str] = ()
    ) -> None:
        self.document = document
        self._examples = Examples(dict(document), 0)
        self._schemas = Schemas(dict(document))
        self._others = [Examples(dict(other), 1) for other in others]
        self._scalars = [*dict.fromkeys(texts), *_scalars([document, *others])]
        self._validators: dict[str, Any] = {}

    def drawn(self, pointer: str, count: int = 4) -> list[Json]:
        """Values that fit the schema at a pointer: the least and the fullest first."""
        pointer = self._of_schema(pointer)
        return [value for value in self._draw(self._examples, pointer, count) if self.fits(pointer, value)]

    def edges(self, pointer: str, room: int) -> list[Json]:
        """Up to `room` further values that fit: parts of the drawn ones are replaced by whatever may be at an edge."""
        found: dict[str, Json] = {}
        pointer = self._of_schema(pointer)
        starts = [*self._draw(self._examples, pointer, 3)]
        for other in self._others:
            starts += self._draw(other, pointer, 3)
        for start in starts:
            for value in (start, *self._changed(start)):
                if len(found) >= room:
                    return list(found.values())
                text = json.dumps(value, sort_keys=True)
                if text not in found and self.fits(pointer, value):
                    found[text] = value
        return list(found.values())

    def _of_schema(self, pointer: str) -> str:
        """The pointer of the schema of a parameter, if it is one that is pointed at."""
        place = self._schemas.at(pointer)
        is_parameter = place is not None and "in" in place.schema and "schema" in place.schema
        return f"{pointer}/schema" if is_parameter else pointer

    def keywords(self, pointer: str) -> Mapping[str, Json]:
        """The keywords of the schema at a pointer."""
        place = self._schemas.at(pointer) if pointer else None
        return {} if place is None else place.schema

    def fits(self, pointer: str, value: Json) -> bool:
        """Whether a value is valid by the schema at a pointer, formats included."""
        check = self._validator(pointer)
        return True if check is None else bool(check.is_valid(value))

    def excluded(self, pointer: str, value: Json) -> set[Path]:
        """Where a value has something that the schema at a pointer doesn't allow; what it lacks is no matter."""
        check = self._validator(pointer)
        errors = () if check is None else check.iter_errors(value)
        return {tuple(error.instance_path) for error in errors if error.schema_path[-1] != "required"}

    def _validator(self, pointer: str) -> Any:
        if pointer not in self._validators:
            self._validators[pointer] = validator(self.document, pointer, self._schemas)
        return self._validators[pointer]

    def has_undeclared_keys(self, pointer: str, value: Json) -> bool:
        """Whether an object of a value has a key that the schema at a pointer allows and doesn't name."""
        place = self._schemas.at(self._of_schema(pointer))
        return place is not None and any(undeclared_keys(self.document, place.schema, value))

    def _draw(self, examples: Examples, pointer: str, count: int) -> list[Json]:
        try:
            return examples.draw(pointer, count)
        except Endless:
            return []

    def _changed(self, start: Json) -> Iterator[Json]:
        for path in list(_paths(start, ())):
            old = _at(start, path)
            for new in self._replacements(old):
                yield _with(start, path, new)

    def _replacements(self, old: Json) -> Iterator[Json]:
        yield from self._scalars
        if isinstance(old, list):
            sizes = {size for size in self._scalars if type(size) is int and 0 <= size <= _LARGE} | {0, 1, 2, 3}
            item = old[0] if old else "text"
            for size in sorted(sizes):
                yield [item] * size
                yield [*old, *(f"text {number}" for number in range(size))][:size]
        if isinstance(old, dict):
            yield {}
            for key in old:
                yield {name: value for name, value in old.items() if name != key}


def validator(document: Mapping[str, Json], pointer: str, schemas: Schemas) -> Any:
    """The validator of the schema at a pointer; `None` if there is none."""
    place = schemas.at(pointer)
    if place is None:
        return None
    whole = {**place.schema, "components": document.get("components", {}), "paths": document.get("paths", {})}
    if str(document.get("openapi", "")).startswith("3.0"):
        whole = _as_2020(whole)
    try:
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def _as_2020(node: Json) -> Json:
    """A schema of OpenAPI 3.0 in the words of JSON Schema 2020-12."""
    if isinstance(node, list):
        return [_as_2020(item) for item in node]
    if not isinstance(node, dict):
        return node
    new = {key: _as_2020(value) for key, value in node.items()}
    if new.pop("nullable", False) is True and isinstance(new.get("type"), str):
        new["type"] = [new["type"], "null"]
        if isinstance(new.get("enum"), list):
            new["enum"] = [*new["enum"], None]
    for side in ("Minimum", "Maximum"):
        if isinstance(flag := new.get(f"exclusive{side}"), bool):
            del new[f"exclusive{side}"]
            if flag and side.lower() in new:
                new[f"exclusive{side}"] = new.pop(side.lower())
    return new


def _scalars(documents: Iterable[Mapping[str, Json]]) -> Iterator[Json]:
    """Texts, numbers and others that any schema of the documents may treat in a way of its own."""
    found: dict[str, Json] = {}
    for value in (*_TEXTS, 0, 1, -1, 7, 1.5, 10**6, True, False, None, ["text"], [7], {"key": "text"}):
        found[json.dumps(value)] = value
    for document in documents:
        for key, value in _keywords(document):
            for made in _of_keyword(key, value):
                found[json.dumps(made)] = made
    yield from found.values()


def _of_keyword(key: str, value: Json) -> Iterator[Json]:
    if key in _LIMITS and isinstance(value, (int, float)) and not isinstance(value, bool):
        value = int(value) if value == int(value) else value  # in JSON Schema it is the same number
        for near in (value - 1, value, value + 1):
            yield near
            if "Length" in key and 0 <= near <= 10_000:
                yield "x" * int(near)
    elif key == "enum" and isinstance(value, list):
        yield from value
    elif key == "const":
        yield value
    elif key == "pattern" and isinstance(value, str):
        yield from_pattern(value, random.Random(0), lambda size: None)


def _keywords(node: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(node, list):
        for item in node:
            yield from _keywords(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from _keywords(value)


def _paths(value: Json, path: Path) -> Iterator[Path]:
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from _paths(inner, (*path, key))


def _at(value: Json, path: Path) -> Json:
    for key in path:
        value = value[key]
    return value


def _with(start: Json, path: Path, new: Json) -> Json:
    if not path:
        return new
    made = copy.deepcopy(start)
    _at(made, path[:-1])[path[-1]] = new
    return made


def undeclared_keys(document: Mapping[str, Any], schema: Any, value: Any) -> Iterator[str]:
    """The keys of a value that no part of its schema declares."""
    parts = list(_parts(document, schema))
    if isinstance(value, list):
        for item in value:
            found = [list(undeclared_keys(document, part["items"], item)) for part in parts if "items" in part]
            yield from min(found, key=len, default=[])
    if not isinstance(value, dict) or not any("properties" in part for part in parts):
        return
    for key, inner in value.items():
        places = [part["properties"][key] for part in parts if key in part.get("properties", {})]
        is_open = any(
            isinstance(part.get("additionalProperties"), dict)
            or any(re.search(pattern, key) for pattern in part.get("patternProperties", {}))
            for part in parts
        )
        if not places and not is_open:
            yield key
        yield from min((list(undeclared_keys(document, place, inner)) for place in places), key=len, default=[])


def _parts(document: Mapping[str, Any], schema: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if not isinstance(schema, dict) or depth > 20:
        return
    if isinstance(ref := schema.get("$ref"), str):
        target: Any = document
        for key in ref.removeprefix("#/").split("/"):
            target = target.get(key.replace("~1", "/").replace("~0", "~"), {})
        yield from _parts(document, target, depth + 1)
    yield schema
    for keyword in ("allOf", "anyOf", "oneOf"):
        for member in schema.get(keyword, ()):
            yield from _parts(document, member, depth + 1)
