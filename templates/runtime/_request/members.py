"""The members of a body, as the encoders of forms see them: which were given, and which of them are files."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from typing import Any, List, Tuple, cast

from .._structuring.annotations import is_any_iterable
from .._structuring.model_meta import ModelMeta
from .._types import NotGiven


def given_members(body: object) -> Iterator[Tuple[str, object]]:
    """Return the members of a body that were given, with lists instead of generators. A model has those that are set.

    Raises:
        TypeError: if the body has no members.
    """
    if body is None or isinstance(body, NotGiven):
        return
    if isinstance(type(body), ModelMeta) or hasattr(body, "model_dump"):
        body = cast(Any, body).model_dump(mode="json", by_alias=True, exclude_unset=True)
    if not isinstance(body, Mapping):
        raise TypeError(f"The body is sent as a form, so it must be a mapping, not {type(body).__name__}.")
    for name, value in cast("Mapping[str, object]", body).items():
        if not isinstance(value, NotGiven):
            yield name, value if not isinstance(value, Iterator) or is_file(value) else items_of(value)


def is_file(value: Any) -> bool:
    """Whether a value is sent as a file: bytes, a path, an open file, or a tuple of a name and one of these."""
    if isinstance(value, tuple):
        name, content = (*cast("Tuple[object, ...]", value), None, None)[:2]
        return (name is None or isinstance(name, str)) and not isinstance(content, tuple) and is_file(content)
    return isinstance(value, (bytes, bytearray, memoryview, os.PathLike, io.IOBase)) or hasattr(value, "read")


def items_of(value: Any) -> List[object]:
    """Return the items of a list or another iterable; any other value is the one item."""
    single = isinstance(value, (str, Mapping)) or is_file(value) or hasattr(value, "model_dump")
    found = cast(object, value)
    return list(found) if not single and is_any_iterable(found) else [found]
