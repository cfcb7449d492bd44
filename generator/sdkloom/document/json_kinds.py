"""The types that JSON Schema gives to values."""

from __future__ import annotations

from .model import JsonValue


def kind_of(value: JsonValue) -> str:
    """Return the type that JSON Schema gives to a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case tuple():
            return "array"
        case _:
            return "object"
