"""Schemas to start from, and what a change is."""

from __future__ import annotations

from typing import Any

import attrs

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
FLAG: Json = {"type": "boolean"}
NULL: Json = {"type": "null"}
LIST: Json = {"type": "array", "items": TEXT}
NUMBERS: Json = {"type": "array", "items": INTEGER}
PAIR: Json = {"type": "object", "required": ["a"], "properties": {"a": TEXT, "b": INTEGER}}
MAP: Json = {"type": "object", "additionalProperties": TEXT}
ENUM: Json = {"type": "string", "enum": ["cat", "dog", "elk"]}
CAT: Json = {
    "type": "object",
    "title": "Cat",
    "required": ["kind"],
    "properties": {"kind": {"const": "cat"}, "a": TEXT},
}
DOG: Json = {
    "type": "object",
    "title": "Dog",
    "required": ["kind"],
    "properties": {"kind": {"const": "dog"}, "b": TEXT},
}
ELK: Json = {
    "type": "object",
    "title": "Elk",
    "required": ["kind"],
    "properties": {"kind": {"const": "elk"}, "c": TEXT},
}
ANY_PET: Json = {"anyOf": [CAT, DOG]}
PET: Json = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}
TUPLE: Json = {"type": "array", "prefixItems": [TEXT, INTEGER]}


@attrs.frozen
class Change:
    """A schema before and after; `samples` are values that tell them apart."""

    name: str
    old: Json
    new: Json
    samples: tuple[Any, ...] = ()
    is_undecided: bool = attrs.field(default=False, kw_only=True)
    """Whether nothing but samples could tell which values no longer fit, so that a look is right in any case."""

    @property
    def back(self) -> Change:
        """The way back."""
        return Change(f"{self.name}, back", self.new, self.old, self.samples, is_undecided=self.is_undecided)
