"""Typed access to the mappings of a document. Every wrong shape is reported here, and reading goes on."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe
from .files import Files, Target, ref_node
from .keys import IGNORED, KEYS, METHODS, Version
from .misplaced import inside_hint, level_hint
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
    canonical: dict[str, Target] = attrs.field(factory=dict[str, Target])
    """What each target of a schema ref is the same as: in a chain of refs, the first schema of the last file."""
    included: list[str] = attrs.field(factory=list[str])
    """The keys of maps of properties that stand elsewhere and are being read."""
    memo: dict[tuple[str, str], object] = attrs.field(factory=dict[tuple[str, str], object])
    """Parsed components by kind and target: a response that 600 operations refer to is read once."""

    def wrong_shape(self, node: Node, what: str, due: str, hint: str | None = None) -> None:
        """Report a value that isn't what it must be: `what` must be `due`.

        Null, and an empty list or mapping in place of the other, are as good as no value: a warning.
        """
        if _is_nothing(node):
            self.odd(node, what, due, "absent")
        else:
            self.sink.report(catalog.WRONG_SHAPE, node.span, hint=hint, what=what, due=due, found=describe(node))

    def odd(self, node: Node, what: str, due: str, read: str) -> None:
        """Warn of a value that isn't what it must be, but whose sense is plain: it is read as `read`."""
        self.sink.report(catalog.ODD_VALUE, node.span, what=what, due=due, found=describe(node), read=read)

    def json(self, node: Node) -> JsonValue:
        """Return any value as hashable data. Numbers that JSON doesn't have are reported and become null."""
        check_finite(node, self.sink)
        return json_value(node)


def _is_nothing(node: Node) -> bool:
    """Whether nothing stands there: programs that write documents take `[]` for `{}`, or write `null`."""
    if isinstance(node, ScalarNode):
        return node.value is None
    return not (node.items if isinstance(node, SequenceNode) else node.entries)


def check_finite(node: Node, sink: DiagnosticSink) -> bool:
    """Return whether all numbers in a value are finite. JSON has no others: they are reported (RFC 8259 §6)."""
    if isinstance(node, ScalarNode):
        if isinstance(node.value, float) and not math.isfinite(node.value):
            sink.report(catalog.NOT_JSON, node.span, text=node.text)
            return False
        return True
    inside = node.items if isinstance(node, SequenceNode) else node.entries.values()
    found = [check_finite(child, sink) for child in inside]
    return all(found)


def json_value(node: Node) -> JsonValue:
    """Return any value as hashable data: what JSON doesn't have as null."""
    if isinstance(node, ScalarNode):
        return None if isinstance(node.value, float) and not math.isfinite(node.value) else node.value
    if isinstance(node, SequenceNode):
        return tuple([json_value(item) for item in node.items])
    return JsonObject(tuple([(key, json_value(value)) for key, value in node.entries.items()]))


class Obj:
    """One OpenAPI object that is being read: a mapping, its kind, and its pointer.

    Values that are a `$ref` are followed, also where OpenAPI doesn't provide for one (many documents that are spread
    over several files do that). `summary` and `description` beside a `$ref` win over those of its target.
    """

    __slots__ = ("ref_object", "context", "key", "kind", "node", "pointer")

    def __init__(self, context: Context, kind: str, node: MappingNode, pointer: str, key: Span | None = None) -> None:
        self.context = context
        self.kind = kind
        self.node = node
        self.pointer = pointer
        self.key = key
        self.ref_object: MappingNode | None = None

    @property
    def file(self) -> str:
        """The path of the file that it stands in."""
        return self.node.file.base

    @property
    def span(self) -> Span:
        """The key that the object stands under, or where it starts."""
        return self.key or self.node.span

    @property
    def is_overridden(self) -> bool:
        """Whether texts beside a `$ref` win over those of its target (OpenAPI 3.1 §4.8.23)."""
        return self.ref_object is not None

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.node.entries

    def check_keys(self, also: Collection[str] = ()) -> None:
        """Warn about keys that objects of this kind don't have, or not in the version of this document; `also` are keys
        that they have nevertheless."""
        known = KEYS[self.kind]
        for key in self.node.entries:
            since = known.get(key)
            if since is None:
                if not key.startswith("x-") and key not in also:
                    self._report_unknown(key, known)
            elif since > self.context.version and (key, self.context.version) != ("itemSchema", (3, 1)):
                self._report_later(key, since)
            elif key in IGNORED:
                self.context.sink.report(catalog.IGNORED_KEY, self.node.key_span(key), key=key)

    def _report_unknown(self, key: str, known: Iterable[str]) -> None:
        span, value = self.node.key_span(key), self.node.entries[key]
        hint = level_hint(self.node, key, self.kind, self.pointer)
        if self.kind in ("Path Item", "Operation") and _holds_operation(value):
            rule = catalog.MISPLACED_OPERATION if hint else catalog.UNKNOWN_METHOD
            hint = hint or did_you_mean(key, METHODS)
            if hint is None:
                rule, hint = catalog.OTHER_METHOD, f"methods are {', '.join(METHODS)}"
            self.context.sink.report(rule, span, hint=hint, name=key)
            return
        hint = hint or did_you_mean(key, known, "keys of your own begin with `x-`")
        self.context.sink.report(catalog.UNKNOWN_KEY, span, hint=hint, key=key, kind=self.kind)

    def _report_later(self, key: str, since: Version) -> None:
        span, version = self.node.key_span(key), "{}.{}".format(*self.context.version)
        self.context.sink.report(catalog.LATER_KEY, span, key=key, since="{}.{}".format(*since), version=version)

    def extensions(self) -> JsonObject:
        """Return the keys that begin with `x-` (OpenAPI 3.1 §4.9)."""
        found = [(key, value) for key, value in self.node.entries.items() if key.startswith("x-")]
        if not found:
            return JsonObject()
        return JsonObject(tuple([(key, self.context.json(value)) for key, value in found]))

    def text(self, key: str) -> str | None:
        """Return the text under `key`, if there is one. Anything else is warned of."""
        ref = self.ref_object
        if ref is not None and key in ("summary", "description") and key in ref.entries:
            return self._text_of(ref.entries[key], key)
        node = self.node.entries.get(key)
        return None if node is None else self._text_of(node, key)

    def required_text(self, key: str) -> str:
        """Return the text under `key`; an empty one, after an error, if there is none."""
        node = self.node.entries.get(key)
        if node is None:
            self.missing(key)
        elif not isinstance(node, ScalarNode):
            self.context.wrong_shape(node, f"`{key}`", "a text")
            return ""
        return self.text(key) or ""

    def expected_text(self, key: str, default: str) -> str:
        """Return the text under `key`; an empty one, after a warning that says the `default`, if there is none."""
        if key not in self.node.entries:
            self.context.sink.report(catalog.MISSING_WITH_DEFAULT, self.span, key=key, kind=self.kind, default=default)
        return self.text(key) or ""

    def missing(self, key: str) -> None:
        """Report that the key is missing."""
        self.context.sink.report(catalog.MISSING_KEY, self.span, key=key, kind=self.kind)

    def _text_of(self, node: Node, key: str) -> str | None:
        if isinstance(node, MappingNode):
            node = self._followed(node)[0]
        if not isinstance(node, ScalarNode):
            self.context.odd(node, f"`{key}`", "a text", "absent")
            return None
        if isinstance(node.value, str):
            return node.value
        if node.value is None:
            self.context.sink.report(catalog.NULL_VALUE, node.span, key=key)
            return None
        self.context.sink.report(catalog.TEXT_EXPECTED, node.span, key=key, text=node.text)
        return node.text

    def flag(self, key: str) -> bool | None:
        """Return the boolean under `key`, if there is one. Anything else is reported."""
        node = self.node.entries.get(key)
        if node is None:
            return None
        return flag(self.context, node, key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under `key`. Anything else is reported."""
        found: list[str] = []
        for node in self._items(key, metadata=True):
            text = self._text_of(node, key)
            if text is not None:
                found.append(text)
        return tuple(found)

    def child(self, key: str, kind: str) -> Obj | None:
        """Return the object under `key`, if there is one. `kind` is its name in OpenAPI: `Info`."""
        node = self.node.entries.get(key)
        if node is None:
            return None
        return self._object(node, kind, f"{self.pointer}/{escape(key)}", f"`{key}`", self.node.key_span(key))

    def children(self, key: str, kind: str) -> Iterator[Obj]:
        """Yield the objects of the list under `key`."""
        for position, node in enumerate(self._items(key, metadata=kind in _METADATA)):
            found = self._object(node, kind, f"{self.pointer}/{key}/{position}", f"each item of `{key}`", None)
            if found:
                yield found

    def members(self, key: str, kind: str) -> Iterator[tuple[str, Obj]]:
        """Yield the objects of the map under `key`, by name. Extensions of the map itself are left out."""
        for name, node, span, pointer in self.entries(key):
            found = self._object(node, kind, pointer, f"`{name}`", span, self.belongs_inside(key, name, kind))
            if found:
                yield name, found

    def belongs_inside(self, key: str, name: str, kind: str) -> str | None:
        """Say where a name in the map under `key` belongs, if it is a key of the objects in that map."""
        siblings = self.node.entries.get(key)
        return inside_hint(name, kind, siblings) if isinstance(siblings, MappingNode) else None

    def entries(self, key: str) -> Iterator[tuple[str, Node, Span, str]]:
        """Yield the name, the value, the span of the name and the pointer of everything in the map under `key`."""
        node = self.node.entries.get(key)
        if node is None:
            return
        node, pointer = self._followed(node, f"{self.pointer}/{escape(key)}")
        if not isinstance(node, MappingNode):
            self._wrong_map(node, key)
            return
        has_extensions = key in _WITH_EXTENSIONS and self.kind != "Components"
        for name, value in node.entries.items():
            if not (has_extensions and name.startswith("x-")):
                yield name, value, node.key_span(name), f"{pointer}/{escape(name)}"

    def _wrong_map(self, node: Node, key: str) -> None:
        if key in _METADATA_MAPS:
            self.context.odd(node, f"`{key}`", "a mapping", "absent")
        else:
            self.context.wrong_shape(node, f"`{key}`", "a mapping")

    def _items(self, key: str, *, metadata: bool) -> list[Node]:
        node = self.node.entries.get(key)
        if node is None:
            return []
        node = self._followed(node)[0]
        return list_items(self.context, node, key, metadata=metadata)

    def _object(
        self, node: Node, kind: str, pointer: str, what: str, key: Span | None, hint: str | None = None
    ) -> Obj | None:
        target, pointer = self._followed(node, pointer)
        if not isinstance(target, MappingNode):
            if kind in _METADATA:
                self.context.odd(target, what, "a mapping", "absent")
            elif target is not node or ref_node(node) is None:
                self.context.wrong_shape(target, what, "a mapping", hint)
            return None
        if "$ref" in target.entries:
            if ref_node(target) is None:
                self.context.wrong_shape(target.entries["$ref"], "`$ref`", "a text")
            return None
        found = Obj(self.context, kind, target, pointer, key)
        if target is not node and isinstance(node, MappingNode):
            found.ref_object = _texts_beside(node, self.context)
        return found

    def _followed(self, node: Node, pointer: str = "") -> tuple[Node, str]:
        """`node`, or what it refers to; `node` itself if that is nothing (which is reported)."""
        ref = ref_node(node)
        target = self.context.files.final_target(ref) if ref else None
        return (target.node, target.pointer) if target else (node, pointer)


_METADATA = frozenset({"Info", "License", "Contact", "External Documentation", "Tag", "Example"})
"""Objects without which the SDK can do what it can do with them."""
_METADATA_MAPS = frozenset({"examples"})

_OF_OPERATIONS = frozenset({"operationId", "requestBody", "responses"})
"""What tells that the value of an unknown key is an operation."""


def _holds_operation(node: Node) -> bool:
    if not isinstance(node, MappingNode):
        return False
    inside = [value for value in node.entries.values() if isinstance(value, MappingNode)]
    return any(not _OF_OPERATIONS.isdisjoint(each.entries) for each in (node, *inside))


_WITH_EXTENSIONS = frozenset({"paths", "responses"})
"""Maps in which `x-…` is an extension. In all others every key is a name of the API."""


def _texts_beside(node: MappingNode, context: Context) -> MappingNode | None:
    """The `$ref` object, if it also has texts of its own. Its other keys are of no effect: they are reported."""
    texts = False
    for key in node.entries:
        if key in ("summary", "description"):
            texts = True
        elif key != "$ref" and not key.startswith("x-"):
            context.sink.report(catalog.REF_SIBLING, node.key_span(key), key=key)
    return node if texts else None


_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def flag(context: Context, node: Node, key: str) -> bool | None:
    """Return a boolean; `None`, after a warning, if it is none. A text, or a list of one, is read with a warning."""
    inner = node.items[0] if isinstance(node, SequenceNode) and len(node.items) == 1 else node
    value = inner.value if isinstance(inner, ScalarNode) else None
    found = value if isinstance(value, bool) else _FLAGS.get(value.lower()) if isinstance(value, str) else None
    if found is None:
        context.odd(node, f"`{key}`", "`true` or `false`", "absent")
    elif found is not value or inner is not node:
        context.odd(node, f"`{key}`", "`true` or `false`", f"`{str(found).lower()}`")
    return found


def list_items(context: Context, node: Node, key: str, *, metadata: bool = True) -> list[Node]:
    """Return the items of a list; none, after a report, if it is none. A single text is a list of one.

    Without `metadata` the SDK would lack something: the report is an error.
    """
    if isinstance(node, SequenceNode):
        return node.items
    if isinstance(node, ScalarNode) and node.value is not None and metadata:
        context.odd(node, f"`{key}`", "a list", "a list of one")
        return [node]
    if metadata:
        context.odd(node, f"`{key}`", "a list", "absent")
    else:
        context.wrong_shape(node, f"`{key}`", "a list")
    return []


NumberKind = Literal["number", "integer"]


def number(context: Context, node: Node, key: str, kind: NumberKind = "number") -> float | int | None:
    """Return a number; `None`, after a warning, if it is none.

    `true` is none; `2.0` is an integer (JSON Schema 2020-12 validation §6.1.1).
    """
    quoted = _number_in(node)
    if quoted is not None:
        context.odd(node, f"`{key}`", "a number", f"`{quoted}`")
        return quoted
    if isinstance(node, ScalarNode) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        if not check_finite(node, context.sink):
            return None
        if kind == "number" or isinstance(node.value, int):
            return node.value
        if node.value.is_integer():
            return int(node.value)
    context.odd(node, f"`{key}`", "a number" if kind == "number" else "an integer", "absent")
    return None


_NUMBER = re.compile(r"-?[0-9]{1,18}")


def _number_in(node: Node) -> int | None:
    """The integer that somebody put in quotes."""
    text = node.value if isinstance(node, ScalarNode) else None
    return int(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else None
