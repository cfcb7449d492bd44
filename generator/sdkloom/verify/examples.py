"""Values drawn from schemas: the same seed gives the same values. Every variant of a union and every value of an
enum has its turn."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from typing import Any

import attrs

from ..document.patterns import matcher
from .pattern_texts import from_pattern
from .schemas import UNIONS, Json, JsonObject, LocatedSchema, Schemas, as_list, as_object, most_telling, says_something

_DEPTH = 5
"""From here on only what must be there is drawn."""

_VALUES = 150
"""So many values in one example; then again only what must be there."""

_BUDGET = 100_000
"""Characters of one example; a value counts as 20. A schema may ask for more: a text of a billion characters, or arrays
of arrays of arrays."""

_LIMIT = 40
"""A value that is deeper than this can't be drawn: the schema requires itself."""

_TEXTS = ("text", "Some words.", "a-b_c", "A1", "abcdefgh", "1", "é ✓ 𝄞", "")
_FORMATS = {
    "date-time": "2024-05-06T07:08:09Z",
    "date": "2024-05-06",
    "time": "07:08:09",
    "duration": "P3D",
    "uuid": "2f1b7c9e-8a54-4c6e-9d2b-0123456789ab",
    "uri": "https://example.com/some/path",
    "url": "https://example.com/some/path",
    "uri-reference": "some/path",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.7",
    "ipv6": "2001:db8::7",
    "byte": "c29tZSBieXRlcw==",
}
_ANYTHING: tuple[Json, ...] = ("text", 7, True, 1.5, ["text", 7], {"key": "text"})


class Endless(Exception):
    """No finite value fits, or none that this code finds."""


class TooLarge(Endless):
    """The values that fit are larger than the budget."""


@attrs.frozen(kw_only=True)
class _Draw:
    """`fill`: the chance that an optional key is there."""

    fill: float
    depth: int = 0

    def deeper(self) -> _Draw:
        if self.depth >= _LIMIT:
            raise Endless
        return attrs.evolve(self, depth=self.depth + 1)


class Examples:
    """Draws from the schemas of one document."""

    def __init__(self, document: JsonObject, seed: int) -> None:
        self._schemas = Schemas(document)
        self._seed = seed
        self._chance = random.Random(seed)
        self._turns: dict[str, list[int]] = {}
        self._drawn = 0
        self._spent = 0
        self._tags = dict(_tags(document))

    def draw(self, pointer: str, count: int) -> list[Json]:
        """Up to `count` different values: the least, the fullest, then others. More where a union has more variants.

        Raises:
            TooLarge: all values that fit are larger than the budget.
        """
        place = self._schemas.at(pointer)
        if place is None:
            return []
        self._chance = random.Random(f"{self._seed} {pointer}")
        variants = max((len(as_list(place.schema.get(key))) for key in UNIONS), default=0)
        fills = [0.0, 1.0, *([0.5] * (count - 2)), *([1.0] * variants)]
        found: dict[str, Json] = {}
        too_large: TooLarge | None = None
        for fill in fills[: max(count, count + variants - 2)]:
            self._drawn = self._spent = 0
            try:
                value = self._value(place, _Draw(fill=fill))
            except TooLarge as error:
                too_large = error
                continue
            except (Endless, RecursionError):
                continue
            found.setdefault(json.dumps(value, sort_keys=True), value)
        if too_large is not None and not found:
            raise too_large
        return list(found.values())

    def _spend(self, size: int) -> None:
        """Account for so many values or characters, before they are made.

        Raises:
            TooLarge: the example has become too large.
        """
        self._spent += size
        if self._spent > _BUDGET:
            raise TooLarge

    def _given(self, value: Json) -> Json:
        """A value of the document, accounted for."""
        self._spend(len(json.dumps(value)))
        return value

    def _is_short(self, how: _Draw) -> bool:
        return how.depth >= _DEPTH or self._drawn >= _VALUES

    def _turn(self, place: LocatedSchema, kind: str, count: int) -> int:
        """Each of 0, 1, 2, … once, in any order, and then again: for each place by itself."""
        key = f"{place.pointer} {kind}"
        left = self._turns.get(key) or self._chance.sample(range(count), count)
        self._turns[key] = left[1:]
        return left[0]

    def _value(self, place: LocatedSchema, how: _Draw) -> Json:
        schema = place.schema
        kinds = _kinds(schema)
        self._drawn += 1
        self._spend(20)
        if "const" in schema:
            return self._given(schema["const"])
        values = as_list(schema.get("enum"))
        if values:
            return self._given(values[self._turn(place, "enum", len(values))])
        if _is_nullable(schema, kinds) and (self._is_short(how) or self._chance.random() < 0.2 * how.fill):
            return None
        parts = self._schemas.parts(place)
        if any("properties" in part.schema for part in parts):
            return self._object(place, parts, how)
        for key in UNIONS:
            members = as_list(schema.get(key))
            if members:
                return self._variant(place, key, members, how)
        if len(parts) > 1:
            return self._merged(parts, how)
        solid = [kind for kind in kinds if kind != "null"]
        if not solid:
            return None if kinds else self._anything(place, how)
        return self._typed(place, solid[self._turn(place, "type", len(solid))], how)

    def _followed(self, pointer: str, schema: Json, how: _Draw) -> Json:
        place = self._schemas.followed(pointer, schema)
        if place is None:
            if schema is False:
                raise Endless
            return _ANYTHING[self._chance.randrange(len(_ANYTHING))]
        return self._value(place, how)

    def _anything(self, place: LocatedSchema, how: _Draw) -> Json:
        if "items" in place.schema:
            return self._array(place, how)
        if "additionalProperties" in place.schema:
            return self._map(place, how)
        return _ANYTHING[self._turn(place, "any", len(_ANYTHING))]

    def _variant(self, place: LocatedSchema, key: str, members: list[Json], how: _Draw) -> Json:
        """Variants in turn; deep inside, the first one that comes to an end."""
        start = self._turn(place, key, len(members))
        order = [*range(start, len(members)), *range(start)]
        if self._is_short(how):
            order.sort(key=lambda position: "$ref" in as_object(members[position]))
        for position in order:
            try:
                return self._followed(place.below(key, str(position)), members[position], how.deeper())
            except Endless:
                if not self._is_short(how):
                    raise
        raise Endless

    def _merged(self, parts: list[LocatedSchema], how: _Draw) -> Json:
        """`allOf` of anything but declared properties: the keys of all parts, or the value of the last part."""
        merged: JsonObject = {}
        value: Json = None
        for part in parts:
            bare = {key: inner for key, inner in part.schema.items() if key != "allOf"}
            if says_something(bare):
                value = self._value(LocatedSchema(part.pointer + "/*", bare), how.deeper())
                merged.update(as_object(value))
        return merged or value

    def _object(self, place: LocatedSchema, parts: list[LocatedSchema], how: _Draw) -> Json:
        drawn: JsonObject = {}
        required = self._schemas.required(place)
        for part in parts:
            for key in UNIONS:
                members = as_list(part.schema.get(key))
                if members:
                    drawn.update(self._alternative(part, key, members, required, how))
        for name, places in self._schemas.properties(place).items():
            optional = name not in required
            if optional and (self._is_short(how) or self._chance.random() >= how.fill):
                continue
            last = most_telling(places)
            try:
                drawn[name] = self._followed(last.pointer, last.schema, how.deeper())
            except Endless:
                if not optional:
                    raise
        for name in sorted(required - drawn.keys()):
            drawn[name] = "text"
        name, tag = self._tags.get(place.pointer, ("", ""))
        if drawn.get(name) in _TEXTS:  # else the schema has values for it
            drawn[name] = tag
        return drawn

    def _alternative(
        self, part: LocatedSchema, key: str, members: list[Json], required: set[str], how: _Draw
    ) -> JsonObject:
        """What a variant beside `properties` adds. One that only lists required names adds to those."""
        position = self._turn(part, key, len(members))
        member = self._schemas.followed(part.below(key, str(position)), members[position])
        if member is None:
            return {}
        required.update(self._schemas.required(member))
        return as_object(self._value(member, how.deeper())) if self._schemas.properties(member) else {}

    def _typed(self, place: LocatedSchema, kind: str, how: _Draw) -> Json:
        match kind:
            case "object":
                return self._map(place, how)
            case "array":
                return self._array(place, how)
            case "string":
                return self._text(place.schema)
            case "integer":
                return self._number(place.schema, 1)
            case "number":
                return self._number(place.schema, 0.5)
            case _:
                return self._turn(place, "boolean", 2) == 0

    def _map(self, place: LocatedSchema, how: _Draw) -> Json:
        schema = place.schema
        drawn: JsonObject = {str(name): "text" for name in as_list(schema.get("required"))}
        extra = schema.get("additionalProperties", "properties" not in schema and "patternProperties" not in schema)
        least = _bound(schema, "minProperties")
        wanted = max(least, 0 if self._is_short(how) else round(2 * how.fill))
        named = self._schemas.followed(place.below("propertyNames"), schema.get("propertyNames", True))
        names = as_list(named.schema.get("enum")) if named else []
        self._spend(wanted)
        for key in names[:wanted] or [f"key_{number + 1}" for number in range(wanted)] if extra is not False else ():
            drawn[key] = self._followed(place.below("additionalProperties"), extra, how.deeper())
        return drawn

    def _array(self, place: LocatedSchema, how: _Draw) -> Json:
        schema = place.schema
        fixed = as_list(schema.get("prefixItems"))
        drawn = [
            self._followed(place.below("prefixItems", str(position)), item, how.deeper())
            for position, item in enumerate(fixed)
        ]
        least = _bound(schema, "minItems")
        wanted = max(least, 0 if self._is_short(how) else round(2 * how.fill))
        wanted = min(wanted, _bound(schema, "maxItems", wanted))
        self._spend(wanted)
        while len(drawn) < wanted and schema.get("items") is not False:
            drawn.append(self._followed(place.below("items"), schema.get("items", True), how.deeper()))
        if schema.get("uniqueItems"):
            return list({json.dumps(item, sort_keys=True): item for item in drawn}.values())
        return drawn

    def _text(self, schema: JsonObject) -> str:
        text = self._fitting(schema)
        self._spend(len(text))
        return text

    def _fitting(self, schema: JsonObject) -> str:
        known = _FORMATS.get(str(schema.get("format")))
        if known is not None:
            return known
        if str(schema.get("contentEncoding", "")).lower() == "base64":
            return _FORMATS["byte"]
        least, most = _bound(schema, "minLength"), _bound(schema, "maxLength")
        if least > _BUDGET:
            raise TooLarge
        candidates = [*_TEXTS, *as_list(schema.get("examples")), schema.get("example"), schema.get("default")]
        texts = [text for text in candidates if isinstance(text, str)]
        self._chance.shuffle(texts)
        fitting = [text for text in texts if least <= len(text) <= (most or len(text)) and _matches(schema, text)]
        if fitting:
            return fitting[0]
        pattern = schema.get("pattern")
        text = from_pattern(str(pattern), self._chance, self._spend) if pattern else ""
        return text or "x" * least

    def _number(self, schema: JsonObject, step: float) -> Json:
        try:
            return self._within_bounds(schema, step)
        except (ArithmeticError, TypeError, ValueError) as error:  # bounds beyond what floats can hold
            raise Endless from error

    def _within_bounds(self, schema: JsonObject, step: float) -> Json:
        low = _limit(schema, "minimum", "exclusiveMinimum", step)
        high = _limit(schema, "maximum", "exclusiveMaximum", -step)
        start = low if low is not None else min(0, high or 0)
        value = start + step * self._chance.randrange(0, 20)
        if high is not None and value > high:
            value = start
        multiple = schema.get("multipleOf")
        if multiple:
            value = multiple * max(1, round(value / multiple))
        return int(value) if step == 1 else value


def _limit(schema: JsonObject, keyword: str, exclusive: str, step: float) -> float | None:
    """A bound as one that is allowed itself. The exclusive one is a number, or in OpenAPI 3.0 a switch."""
    bound, beyond = schema.get(keyword), schema.get(exclusive)
    if isinstance(beyond, bool) or beyond is None:
        return bound + step if beyond and bound is not None else bound
    return float(beyond + step)


def _tags(node: Json) -> Iterator[tuple[str, tuple[str, str]]]:
    """Ref → property and value by which the discriminators of a document know its target."""
    schema = as_object(node)
    discriminator = as_object(schema.get("discriminator"))
    mapping = {str(ref).rpartition("/")[2]: tag for tag, ref in as_object(discriminator.get("mapping")).items()}
    for key in UNIONS if "propertyName" in discriminator else ():
        for member in as_list(schema.get(key)):
            ref = str(as_object(member).get("$ref", ""))
            name = ref.rpartition("/")[2]
            yield ref, (str(discriminator["propertyName"]), mapping.get(name, name))
    for inner in (*schema.values(), *as_list(node)):
        yield from _tags(inner)


def _kinds(schema: JsonObject) -> list[str]:
    given: Any = schema.get("type")
    if isinstance(given, str):
        return [given]
    return [str(kind) for kind in as_list(given)]


def _is_nullable(schema: JsonObject, kinds: list[str]) -> bool:
    return schema.get("nullable") is True or "null" in kinds


def _bound(schema: JsonObject, keyword: str, default: int = 0) -> int:
    """A keyword whose value is a count; `default` where there is none that makes sense."""
    value: Any = schema.get(keyword)
    return int(value) if isinstance(value, (int, float)) and 0 <= value < math.inf else default


def _matches(schema: JsonObject, text: str) -> bool:
    fits = matcher(str(schema["pattern"])) if "pattern" in schema else None
    return fits is None or fits(text)
