"""JSON as hashable values."""

from __future__ import annotations

from typing import Union

import attrs


@attrs.frozen
class JsonMapping:
    """A JSON object as a hashable value; keys in source order."""

    items: tuple[tuple[str, JsonLike], ...] = ()


JsonLike = Union[None, bool, int, float, str, "tuple[JsonLike, ...]", JsonMapping]
