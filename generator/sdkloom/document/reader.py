"""Typed access to the mappings of a document. Every wrong shape is reported here, and reading goes on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode
from .files import Files, Target, ref_node
from .keys import IGNORED, KEYS, Version
from .model import JsonObject, JsonValue
from .pointers import escape


@attrs.define
class Context:
    """What every part of the parser shares during one run."""

    path: str
    files: Files
    sink: DiagnosticSink
    version: Version = (3, 1)
    targets: dict[str, Target] = attrs.field(factory=dict[str, Target])
    """Every target of a schema ref, by `Ref.target`."""
    included: list[str] = attrs.field(factory=list[str])
    """Maps of properties that stand elsewhere and are being read."""
    memo: dict[tuple[str, str], object] = attrs.field(factory=dict[tuple[str, str], object])
    """Parsed components by kind and target: a response that 600 operations refer to is read once."""

    def wrong_shape(self, node: Node, what: str, due: str) -> None:
        self.sink.report(catalog.WRONG_SHAPE, node.span, what=what, due=due, found=describe(node))

    def json(self, node: Node) -> JsonValue:
        """Any value, as hashable data."""
        if isinstance(node, ScalarNode):
            if isinstance(node.value, float) and not math.isfinite(node.value):
                self.sink.report(catalog.NOT_JSON, node.span, text=node.text)
            return node.value
        if isinstance(node, SequenceNode):
            return tuple([self.json(item) for item in node.items])
        return self.json_object(node)

    def json_object(self, node: MappingNode) -> JsonObject:
        return JsonObject(tuple([(key, self.json(value)) for key, value in node.entries.items()]))


def describe(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if node.value is None:
        return "null" if node.text else "nothing"
    if isinstance(node.value, bool):
        return f"`{node.text}`"
    return f"the number `{node.text}`" if not isinstance(node.value, str) else "a text"


class Obj:
    """One OpenAPI object that is being read: a mapping, its kind, and its place.

    Values that are a `$ref` are followed, also where OpenAPI doesn't provide for one (many documents that are spread
    over several files do that). `summary` and `description` beside a `$ref` win over those of its target.
    """

    __slots__ = ("beside_ref", "context", "key", "kind", "node", "pointer")

    def __init__(self, context: Context, kind: str, node: MappingNode, pointer: str, key: Span | None = None) -> None:
        self.context = context
        self.kind = kind
        self.node = node
        self.pointer = pointer
        self.key = key
        self.beside_ref: MappingNode | None = None

    @property
    def file(self) -> str:
        return self.node.file.path

    @property
    def span(self) -> Span:
        """The key that the object stands under, or where it starts."""
        return self.key or self.node.span

    @property
    def overridden(self) -> bool:
        """Whether texts beside a `$ref` take part."""
        return self.beside_ref is not None

    def has(self, key: str) -> bool:
        return key in self.node.entries

    def check_keys(self) -> None:
        """Warn about keys that objects of this kind don't have."""
        known = KEYS[self.kind]
        for key in self.node.entries:
            since = known.get(key)
            if since is None:
                if not key.startswith("x-"):
                    hint = did_you_mean(key, known, "keys of your own begin with `x-`")
                    place = self.node.key_span(key)
                    self.context.sink.report(catalog.UNKNOWN_KEY, place, hint=hint, key=key, kind=self.kind)
            elif since > self.context.version:
                self._report_later(key, since)
            elif key in IGNORED:
                self.context.sink.report(catalog.IGNORED_KEY, self.node.key_span(key), key=key)

    def _report_later(self, key: str, since: Version) -> None:
        place, version = self.node.key_span(key), "{}.{}".format(*self.context.version)
        self.context.sink.report(catalog.LATER_KEY, place, key=key, since="{}.{}".format(*since), version=version)

    def extensions(self) -> JsonObject:
        found = [(key, value) for key, value in self.node.entries.items() if key.startswith("x-")]
        if not found:
            return JsonObject()
        return JsonObject(tuple([(key, self.context.json(value)) for key, value in found]))

    def text(self, key: str) -> str | None:
        beside = self.beside_ref
        if beside is not None and key in ("summary", "description") and key in beside.entries:
            return self._text_of(beside.entries[key], key)
        node = self.node.entries.get(key)
        return None if node is None else self._text_of(node, key)

    def required_text(self, key: str) -> str:
        if key not in self.node.entries:
            self.missing(key)
        return self.text(key) or ""

    def missing(self, key: str) -> None:
        self.context.sink.report(catalog.MISSING_KEY, self.span, key=key, kind=self.kind)

    def _text_of(self, node: Node, key: str) -> str | None:
        if isinstance(node, MappingNode):
            node = self._followed(node)[0]
        if not isinstance(node, ScalarNode):
            self.context.wrong_shape(node, f"`{key}`", "a text")
            return None
        if isinstance(node.value, str):
            return node.value
        if node.value is None:
            self.context.sink.report(catalog.NULL_VALUE, node.span, key=key)
            return None
        self.context.sink.report(catalog.TEXT_EXPECTED, node.span, key=key, text=node.text)
        return node.text

    def flag(self, key: str) -> bool | None:
        node = self.node.entries.get(key)
        if node is None:
            return None
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return node.value
        self.context.wrong_shape(node, f"`{key}`", "`true` or `false`")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found: list[str] = []
        for node in self._items(key):
            text = self._text_of(node, key)
            if text is not None:
                found.append(text)
        return tuple(found)

    def child(self, key: str, kind: str) -> Obj | None:
        node = self.node.entries.get(key)
        if node is None:
            return None
        return self._object(node, kind, f"{self.pointer}/{escape(key)}", f"`{key}`", self.node.key_span(key))

    def children(self, key: str, kind: str) -> Iterator[Obj]:
        """The objects of a list."""
        for position, node in enumerate(self._items(key)):
            found = self._object(node, kind, f"{self.pointer}/{key}/{position}", f"each item of `{key}`", None)
            if found:
                yield found

    def members(self, key: str, kind: str) -> Iterator[tuple[str, Obj]]:
        """The objects of a map, by name. Extensions of the map itself are left out."""
        for name, node, place, pointer in self.entries(key):
            found = self._object(node, kind, pointer, f"`{name}`", place)
            if found:
                yield name, found

    def entries(self, key: str) -> Iterator[tuple[str, Node, Span, str]]:
        """Name, value, place of the name and pointer of everything in a map."""
        node = self.node.entries.get(key)
        if node is None:
            return
        node, pointer = self._followed(node, f"{self.pointer}/{escape(key)}")
        if not isinstance(node, MappingNode):
            self.context.wrong_shape(node, f"`{key}`", "a mapping")
            return
        has_extensions = key in _WITH_EXTENSIONS and self.kind != "Components"
        for name, value in node.entries.items():
            if not (has_extensions and name.startswith("x-")):
                yield name, value, node.key_span(name), f"{pointer}/{escape(name)}"

    def _items(self, key: str) -> list[Node]:
        node = self.node.entries.get(key)
        if node is None:
            return []
        node = self._followed(node)[0]
        if isinstance(node, SequenceNode):
            return node.items
        self.context.wrong_shape(node, f"`{key}`", "a list")
        return []

    def _object(self, node: Node, kind: str, pointer: str, what: str, key: Span | None) -> Obj | None:
        target, pointer = self._followed(node, pointer)
        if not isinstance(target, MappingNode):
            if target is not node or ref_node(node) is None:
                self.context.wrong_shape(target, what, "a mapping")
            return None
        if "$ref" in target.entries:
            if ref_node(target) is None:
                self.context.wrong_shape(target.entries["$ref"], "`$ref`", "a text")
            return None
        found = Obj(self.context, kind, target, pointer, key)
        if target is not node and isinstance(node, MappingNode):
            found.beside_ref = _texts_beside(node, self.context)
        return found

    def _followed(self, node: Node, pointer: str = "") -> tuple[Node, str]:
        """`node`, or what it refers to; `node` itself if that is nothing (which is reported)."""
        ref = ref_node(node)
        target = self.context.files.end(ref) if ref else None
        return (target.node, target.pointer) if target else (node, pointer)


_WITH_EXTENSIONS = frozenset({"paths", "responses"})
"""Maps in which `x-…` is an extension. In all others every key is a name of the API."""


def _texts_beside(node: MappingNode, context: Context) -> MappingNode | None:
    """The `$ref` object, if it also has texts of its own. Its other keys are of no effect: they are reported."""
    texts = False
    for key in node.entries:
        if key in ("summary", "description"):
            texts = True
        elif key != "$ref" and not key.startswith("x-"):
            context.sink.report(catalog.BESIDE_REF, node.key_span(key), key=key)
    return node if texts else None


NumberKind = Literal["number", "integer"]


def number(context: Context, node: Node, key: str, kind: NumberKind = "number") -> float | int | None:
    """A number that isn't `true`; `2.0` is an integer."""
    if isinstance(node, ScalarNode) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        if isinstance(node.value, float) and not math.isfinite(node.value):
            context.sink.report(catalog.NOT_JSON, node.span, text=node.text)
            return None
        if kind == "number" or isinstance(node.value, int):
            return node.value
        if node.value.is_integer():
            return int(node.value)
    context.wrong_shape(node, f"`{key}`", "a number" if kind == "number" else "an integer")
    return None
