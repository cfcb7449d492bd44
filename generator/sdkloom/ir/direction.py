"""The two forms of a type: as it comes in a response, and as it is passed in a request."""

from __future__ import annotations

import enum


class Form(enum.Enum):
    RESPONSE = "response"
    """A model; fields that the API only reads (`writeOnly`) are left out."""

    REQUEST = "request"
    """A `TypedDict`; fields that the API only writes (`readOnly`) are left out."""
