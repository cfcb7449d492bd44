"""Slips in the values that a schema lists: those of another type, twins, defaults that aren't allowed, empty ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..diagnostics import catalog
from ..diagnostics.model import Related
from ..diagnostics.nearest import did_you_mean
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe, plain
from .reader import Context

_RANGES = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)
_VALUES = frozenset({"enum", "const", "default", "required", "oneOf", "anyOf", "allOf", *(low for low, _ in _RANGES)})


def check_values(context: Context, node: MappingNode, types: Sequence[str]) -> None:
    """Report what can't be meant in one schema with these types (JSON Schema 2020-12 validation §6.1, §6.2, §9.2)."""
    if _VALUES.isdisjoint(node.entries):
        return
    enum = _items(node, "enum")
    _check_types(context, node, enum, types)
    _check_default(context, node, enum)
    for key in ("enum", "required"):
        _check_twins(context, key, _items(node, key))
    for key in ("oneOf", "anyOf", "allOf"):
        _check_twins(context, key, [ref for item in _items(node, key) if (ref := _only_ref(item)) is not None])
    for low, high in _RANGES:
        if low in node.entries:
            _check_range(context, node, low, high)


def _items(node: MappingNode, key: str) -> list[Node]:
    found = node.entries.get(key)
    return found.items if isinstance(found, SequenceNode) else []


def _only_ref(node: Node) -> Node | None:
    if isinstance(node, MappingNode) and len(node.entries) == 1:
        return node.entries.get("$ref")
    return None


def _check_types(context: Context, node: MappingNode, enum: Iterable[Node], types: Sequence[str]) -> None:
    """One report for a schema: the others have the same cause. Scalars where texts are due are read as texts."""
    if not types:
        return
    single = [(key, node.entries[key]) for key in ("const", "default") if key in node.entries]
    for key, value in [*(("enum", item) for item in enum), *single]:
        if _fits(value, types) or (key != "default" and "string" in types and isinstance(value, ScalarNode)):
            continue
        due = " or ".join(f"`{name}`" for name in types)
        hint = None
        if isinstance(value, ScalarNode) and "string" in types:
            hint = f'put it in quotes: `"{value.text}"`'
        elif key == "enum" and types == ("array",):
            hint = "if it is about the items, put the `enum` into `items`"
        context.sink.report(
            catalog.VALUE_OF_ANOTHER_TYPE,
            value.span,
            hint=hint,
            value=_shown(value),
            key=key,
            found=_kind(value),
            due=due,
        )
        return


def _fits(node: Node, types: Sequence[str]) -> bool:
    """Whether a value is of one of the types. Null is let through: it says that there may be none."""
    if isinstance(node, MappingNode):
        return "object" in types
    if isinstance(node, SequenceNode):
        return "array" in types
    value = node.value
    if value is None:
        return True
    if isinstance(value, bool):
        return "boolean" in types
    if isinstance(value, str):
        return "string" in types
    return "number" in types or ("integer" in types and float(value).is_integer())


def _shown(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return node.text
    return "{…}" if isinstance(node, MappingNode) else "[…]"


def _kind(node: Node) -> str:
    if isinstance(node, ScalarNode):
        is_flag = isinstance(node.value, bool)
        return "a text" if isinstance(node.value, str) else "a truth value" if is_flag else "a number"
    return describe(node)


def _check_default(context: Context, node: MappingNode, enum: Sequence[Node]) -> None:
    default = node.entries.get("default")
    if not isinstance(default, ScalarNode) or default.value is None or not enum:
        return
    texts = [item.text for item in enum if isinstance(item, ScalarNode)]
    if default.text not in texts and _key(default) not in map(_key, enum):
        hint = did_you_mean(default.text, texts, "it must be one of them")
        context.sink.report(catalog.DEFAULT_NOT_LISTED, default.span, hint=hint, value=default.text)


def _check_twins(context: Context, key: str, items: Iterable[Node]) -> None:
    first: dict[object, Node] = {}
    for item in items:
        other = first.setdefault(_key(item), item)
        if other is not item:
            related = [Related(message="listed here before", span=other.span)]
            value = _shown(item)
            context.sink.report(catalog.LISTED_TWICE, item.span, related=related, value=value, key=key)


def _key(node: Node) -> object:
    """What two equal JSON values share: `1` and `1.0` are equal, `1` and `true` aren't."""
    if isinstance(node, ScalarNode):
        return (isinstance(node.value, bool), isinstance(node.value, str), node.value)
    return repr(plain(node))


def _check_range(context: Context, node: MappingNode, low: str, high: str) -> None:
    ends = [node.entries.get(key) for key in (low, high)]
    values = [end.value if isinstance(end, ScalarNode) else None for end in ends]
    numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        related = [Related(message=f"`{high}` is here", span=node.key_span(high))]
        context.sink.report(
            catalog.EMPTY_RANGE, node.key_span(low), related=related, low=low, high=high, x=numbers[0], y=numbers[1]
        )
