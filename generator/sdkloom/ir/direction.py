"""Which way the values of a type go."""

from __future__ import annotations

import enum


class Direction(enum.Enum):
    """Whether a type describes what is sent or what is received. Many schemas are used in both directions, and become
    two types: `Message` and `MessageParam`."""

    RESPONSE = "response"
    """Becomes a model, without the properties that are `writeOnly` (JSON Schema 2020-12 validation §9.4)."""

    REQUEST = "request"
    """Becomes a `TypedDict`, without the properties that are `readOnly`."""
