"""Query strings: `{"a": [1, 2], "b": {"c": True}}` → `a=1%2C2&b%5Bc%5D=true`."""

from __future__ import annotations

from typing import Iterator, List, Literal, Mapping, Sequence, Tuple, cast

from ._types import NotGiven

ArrayFormat = Literal["comma", "repeat", "brackets", "indices"]
NestedFormat = Literal["brackets", "dots"]


class Querystring:
    """An encoder with a way of writing arrays and nested mappings."""

    def __init__(self, *, array_format: ArrayFormat = "repeat", nested_format: NestedFormat = "brackets") -> None:
        self.array_format = array_format
        self.nested_format = nested_format

    def stringify(self, params: Mapping[str, object]) -> str:
        """The encoded query."""
        from urllib.parse import quote

        return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self.pairs(params))

    def pairs(self, params: Mapping[str, object]) -> List[Tuple[str, str]]:
        """Names and values before percent-encoding. `None` and empty strings are left out."""
        return [pair for name, value in params.items() for pair in self._flatten(name, value)]

    def _flatten(self, name: str, value: object) -> Iterator[Tuple[str, str]]:
        if isinstance(value, Mapping):
            for key, item in cast("Mapping[object, object]", value).items():
                yield from self._flatten(f"{name}.{key}" if self.nested_format == "dots" else f"{name}[{key}]", item)
        elif isinstance(value, (list, tuple)):
            items = cast("Sequence[object]", value)
            yield from self._flatten_array(name, [item for item in items if item is not None])
        elif not isinstance(value, NotGiven):
            text = _text(value)
            if text:
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
    return "" if value is None else str(value)
