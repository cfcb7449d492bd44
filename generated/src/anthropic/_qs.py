"""Query strings: `{"a": [1, 2], "b": {"c": True}}` → `a=1%2C2&b%5Bc%5D=true`."""

from __future__ import annotations

from typing import AbstractSet, Any, Iterable, Iterator, List, Literal, Mapping, Sequence, Tuple, ValuesView, cast

from ._types import NotGiven

ArrayFormat = Literal["comma", "repeat", "brackets", "indices"]
NestedFormat = Literal["brackets", "dots"]

_ARRAYS: Any = (Sequence, AbstractSet, ValuesView, Iterator)
_SINGLE: Any = (str, bytes, bytearray, memoryview)


class Encoded(str):
    """A part of a query that is encoded already: `ids=1&ids=2`. It stands under the name of its parameter."""

    __slots__ = ()


class Querystring:
    """An encoder with a way of writing arrays and nested mappings.

    `repeat` is what OpenAPI 3.1 §4.8.12.2 calls `form` with `explode`, `comma` is the same without, nested `brackets`
    are `deepObject`. It has no name for the others.
    """

    def __init__(
        self,
        *,
        array_format: ArrayFormat = "repeat",
        nested_format: NestedFormat = "brackets",
        keep_empty: bool = False,
    ) -> None:
        self.array_format = array_format
        self.nested_format = nested_format
        self.keep_empty = keep_empty

    def stringify(self, params: Mapping[str, object]) -> str:
        """Return the encoded query, without the question mark: RFC 3986 §3.4."""
        parts = [value if isinstance(value, Encoded) else self._encoded(name, value) for name, value in params.items()]
        return "&".join(filter(None, parts))

    def pairs(self, params: Mapping[str, object]) -> List[Tuple[str, str]]:
        """Return names and values before percent-encoding, without `None`, and empty strings only if they are kept."""
        return [pair for name, value in params.items() for pair in self._flatten(name, value)]

    def _encoded(self, name: str, value: object) -> str:
        return "&".join(f"{_quoted(key, key)}={_quoted(key, text)}" for key, text in self._flatten(name, value))

    def _flatten(self, name: str, value: object) -> Iterator[Tuple[str, str]]:
        if isinstance(value, Mapping):
            for key, item in cast("Mapping[object, object]", value).items():
                yield from self._flatten(f"{name}.{key}" if self.nested_format == "dots" else f"{name}[{key}]", item)
        elif isinstance(value, _ARRAYS) and not isinstance(value, _SINGLE):
            items = cast("Iterable[object]", value)
            yield from self._flatten_array(name, [item for item in items if item is not None])
        elif not isinstance(value, NotGiven):
            text = _text(value)
            if text or (self.keep_empty and value is not None):
                yield name, text

    def _flatten_array(self, name: str, values: List[object]) -> Iterator[Tuple[str, str]]:
        if self.array_format == "comma":
            yield name, ",".join(_text(value) for value in values)
            return
        for index, value in enumerate(values):
            suffix = {"repeat": "", "brackets": "[]", "indices": f"[{index}]"}[self.array_format]
            yield from self._flatten(name + suffix, value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) or value is None:
        return value or ""
    if hasattr(value, "isoformat"):
        from ._structuring.dates import rfc3339

        return rfc3339(value)
    if hasattr(value, "total_seconds"):
        from ._structuring.formats import duration_text

        return duration_text(cast("Any", value))
    return str(value)


def _quoted(name: str, text: str) -> str:
    from urllib.parse import quote

    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise ValueError(
            f"The query parameter {name!r} has half of a surrogate pair in it, which can't be sent."
        ) from None
