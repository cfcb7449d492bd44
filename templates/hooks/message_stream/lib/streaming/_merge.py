"""What the events of a later API say of a message: fields, blocks and deltas that this version doesn't know."""

from __future__ import annotations

import copy
from typing import Any, Dict, Optional

from ..._models import BaseModel

_MISSING: Any = object()


def sent(model: Any) -> Dict[str, Any]:
    """Return what the server sent of an object, by name; nothing for what is no object."""
    if not isinstance(model, BaseModel):
        return {}
    declared = {name: getattr(model, name) for name in model.model_fields_set}
    return {**declared, **(model.__extra__ or {})}


def put(model: BaseModel, name: str, value: Any) -> None:
    """Set a field; one that isn't declared is kept like those that the server sent."""
    if name in type(model).__model_fields__:
        setattr(model, name, value)
    else:
        model.model_extra[name] = value


def copy_sent(source: Any, target: BaseModel) -> None:
    """Copy all that was sent of one object to another, and only that."""
    for name, value in sent(source).items():
        put(target, name, copy.deepcopy(value))


def target_of(block: BaseModel, kind: str, field: str) -> Optional[str]:
    """Return the field of a block that a field of a delta adds to, if that can be said.

    It is the block's field of the same name, or the one that the delta is named after: `thinking` of a
    `thinking_delta`, `citations` for the `citation` of a `citations_delta`.
    """
    known = {*type(block).__model_fields__, *(block.__extra__ or {})}
    stem = kind.removesuffix("_delta")
    if field in known or field == stem:
        return field
    if stem in known or stem == f"{field}s":
        return stem
    return f"{field}s" if f"{field}s" in known else None


def value_of(block: BaseModel, name: str) -> Any:
    """Return what a field of a block holds; `None` if there is nothing yet."""
    return getattr(block, name, None) if name in type(block).__model_fields__ else (block.__extra__ or {}).get(name)


def merge(block: BaseModel, name: str, piece: Any, *, is_element: bool) -> None:
    """Add a piece to a field of a block: lists grow, objects take new members, other values are replaced.

    `is_element` says that the piece is one element of a list.
    """
    old, piece = value_of(block, name), copy.deepcopy(piece)
    if isinstance(old, list) and (is_element or not isinstance(piece, list)):
        put(block, name, [*old, piece])
    elif isinstance(old, list):
        put(block, name, [*old, *piece])
    elif is_element and old is None:
        put(block, name, [piece])
    elif isinstance(old, dict) and isinstance(piece, dict):
        put(block, name, {**old, **piece})
    else:
        put(block, name, piece)
