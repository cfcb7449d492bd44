"""Keys that stand one level too high or too deep: what their neighbours have, for hints."""

from __future__ import annotations

import re

from ..source.nodes import MappingNode
from .keys import KEYS, METHODS

_INSIDE: dict[str, tuple[tuple[str, str], ...]] = {
    "OpenAPI": (("info", "Info"), ("components", "Components")),
    "Info": (("license", "License"),),
    "Path Item": tuple((method, "Operation") for method in METHODS),
    "Operation": (("requestBody", "Request Body"),),
    "Parameter": (("schema", "Schema"),),
    "Header": (("schema", "Schema"),),
    "Media Type": (("schema", "Schema"),),
}
"""The keys of an object below which objects of another kind stand."""

_AROUND: dict[str, tuple[str, ...]] = {
    "Info": ("OpenAPI",),
    "Components": ("OpenAPI",),
    "Operation": ("Path Item",),
    "Request Body": ("Operation",),
    "Response": ("Operation",),
    "Media Type": ("Request Body", "Response"),
    "Schema": ("Parameter", "Media Type"),
}
"""The kinds of objects in which an object of a kind stands."""

_OF_SCHEMAS = frozenset(
    (
        *(
            "type",
            "format",
            "enum",
            "items",
            "properties",
            "required",
            "allOf",
            "oneOf",
            "anyOf",
            "nullable",
            "default",
        ),
        *("additionalProperties", "minimum", "maximum", "minLength", "maxLength", "pattern", "$ref"),
    )
)
"""The keywords by which a schema is known."""

_IN_PROPERTIES = re.compile(r"/properties/([^/]+)$")


def level_hint(node: MappingNode, key: str, kind: str, pointer: str) -> str | None:
    """Say where an unknown `key` of an object belongs, if it is a key of the objects inside of it, or around it."""
    if kind in ("Schema", "Components"):
        found = _schema_beside(node, key, kind, pointer)
        if found:
            return found
    for inside, inner_kind in _INSIDE.get(kind, ()):
        if inside in node.entries and _is_key_of(key, inner_kind):
            return f"it is a key of the {inner_kind} Object: indent it, so that it belongs to `{inside}`"
    if kind in ("Path Item", "Operation", "OpenAPI") and key.startswith("/"):
        return "a path belongs to `paths`, beside the others"
    for outer in _AROUND.get(kind, ()):
        if _is_key_of(key, outer):
            return f"it is a key of the {outer} Object: it stands one level too deep"
    return None


def inside_hint(name: str, kind: str, siblings: MappingNode) -> str | None:
    """Say where a name in a map of objects of a `kind` belongs, if it is a key of such an object itself."""
    if name not in KEYS[kind]:
        return None
    before = [other for other in siblings.entries if other not in KEYS[kind]]
    owner = f" of `{before[-1]}`" if len(before) == 1 else ""
    return f"`{name}` is a key of the {kind} Object{owner}: indent it"


def property_hint(name: str, beside: MappingNode) -> str | None:
    """Say what a property is whose value can't be a schema: a keyword that stands one level too deep."""
    if name not in _OF_SCHEMAS:
        return None
    other = next((f", as `{other}` does" for other in ("type", "required") if other in beside.entries), "")
    return f"if it is the keyword, it stands one level too deep: it belongs beside `properties`{other}"


def _is_key_of(key: str, kind: str) -> bool:
    return key in _OF_SCHEMAS if kind == "Schema" else key in KEYS[kind]


def _schema_beside(node: MappingNode, key: str, kind: str, pointer: str) -> str | None:
    """A mapping that reads like a schema is a property, or a component, that stands beside the others' parent."""
    value = node.entries[key]
    if not isinstance(value, MappingNode) or not (_OF_SCHEMAS & value.entries.keys()):
        return None
    parent = "properties" if kind == "Schema" else "schemas"
    others = node.entries.get(parent)
    if isinstance(others, MappingNode) and others.entries:
        neighbour = next(iter(others.entries))
        column = others.key_span(neighbour).col
        return f"if it belongs to `{parent}`, indent it to column {column}, where `{neighbour}` begins"
    found = _IN_PROPERTIES.search(pointer)
    if kind == "Schema" and found and "type" in node.entries:
        return f"it is inside of the property `{found[1]}`: if it is a property too, it begins where that one does"
    return None
