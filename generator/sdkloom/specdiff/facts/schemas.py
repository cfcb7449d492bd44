"""Facts about schemas that reach no Python type: limits, formats, defaults, closed objects, examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ...diagnostics.span import Span
from ...document.model import (
    MISSING,
    Bounds,
    Document,
    JsonObject,
    NamedSchema,
    Parameter,
    Schema,
    SchemaOrRef,
    SchemaRef,
)
from ...document.pointers import pointer_from
from ...document.walk import walk
from ...ir.direction import Direction
from ..collector import Collector, json_text, listed
from ..matching.index import REQUEST, RESPONSE, Index
from ..matching.match import Matches
from ..matching.pairing import keyed
from ..normalize import normalized, normalized_bounds
from ..rules import ByDirection, document
from ..subject import Subject

SHOWN_FORMATS = frozenset({"date-time", "date", "byte", "binary"})
"""Formats that change the Python type, so the comparison of types reports them."""

_LOWER = ("minimum", "exclusive_minimum", "min_length", "min_items", "min_properties")
_UPPER = ("maximum", "exclusive_maximum", "max_length", "max_items", "max_properties")


@attrs.frozen(kw_only=True)
class Schemas:
    """Compares schemas place by place."""

    base: Index
    revision: Index
    documents: tuple[Document, Document]
    matches: Matches
    collector: Collector

    def compare(self, old: SchemaOrRef, new: SchemaOrRef, directions: frozenset[Direction]) -> None:
        """Report what differs in places that are in both."""
        if old == new:
            return
        before = self._flat(old, self.documents[0])
        after = self._flat(new, self.documents[1])
        docs: dict[str, tuple[Schema, Schema]] = {}
        for pointer, schema in before.items():
            target = self.matches.moved(pointer)
            other = after.get(target)
            if other is None or schema == other:
                continue
            subject = self.subject(target, schema.span, other.span)
            for direction in sorted(directions, key=lambda direction: direction.value):
                about = _seen_from(subject, direction)
                _Facts(collector=self.collector, subject=about, direction=direction).report(schema, other)
            self._extensions(subject, schema.extensions, other.extensions)
            is_shown = self.revision.has(target)
            if normalized(_docs(schema, is_shown)) != normalized(_docs(other, is_shown)):
                docs.setdefault(target, (schema, other))
        self._docs(docs)

    def subject(self, pointer: str, old: Span | None, new: Span | None) -> Subject:
        """Return the place `pointer` of the revision as a subject: by its Python name, or by that of what is around it,
        or else by the pointer."""
        named = self.revision.nearest(pointer)
        if named is None:
            return Subject(symbol=pointer, pointer=pointer, base=old, revision=new)
        return attrs.evolve(named, pointer=pointer, base=old, revision=new)

    def place(self, node: Parameter) -> str:
        """Return the JSON pointer of a parameter of the revision."""
        return pointer_from(self.documents[1].file, node.span.file, node.pointer)

    @staticmethod
    def _flat(node: SchemaOrRef, within: Document) -> dict[str, Schema]:
        found: dict[str, Schema] = {}
        for inner in walk(node):
            if isinstance(inner, Schema):
                found.setdefault(pointer_from(within.file, inner.span.file, inner.pointer), inner)
        return found

    def _extensions(self, subject: Subject, old: JsonObject, new: JsonObject) -> None:
        for name in changed_extensions(old, new):
            self.collector.add(document.EXTENSION_CHANGED, subject, detail=name, name=name)

    def _docs(self, changed: Mapping[str, tuple[Schema, Schema]]) -> None:
        """One finding for all texts and examples that the package doesn't show."""
        if not changed:
            return
        first = next(iter(changed))
        old, new = changed[first]
        subject = attrs.evolve(self.subject(first, old.span, new.span), files=(), words=())
        what = f"the documentation of `{first}`"
        if len(changed) > 1:
            what += f" and {len(changed) - 1} more places"
        self.collector.add(document.DOCS_OF_DOCUMENT_CHANGED, subject, detail=first, what=what)


@attrs.frozen(kw_only=True)
class _Facts:
    """One schema before and after."""

    collector: Collector
    subject: Subject
    direction: Direction

    def report(self, old: Schema, new: Schema) -> None:
        for is_narrower, what in changed_limits(normalized_bounds(old.bounds), normalized_bounds(new.bounds)):
            self._add(document.LIMIT_NARROWED if is_narrower else document.LIMIT_WIDENED, what)
        if old.format != new.format and not {old.format, new.format} & SHOWN_FORMATS:
            self._add(document.FORMAT_CHANGED, f"format {_or_none(new.format)} instead of {_or_none(old.format)}")
        if old.bounds.pattern != new.bounds.pattern:
            self._pattern(old.bounds.pattern, new.bounds.pattern)
        closed = (old.additional_properties is False, new.additional_properties is False)
        if closed[0] != closed[1]:
            self._add(document.KEYS_CLOSED if closed[1] else document.KEYS_OPENED)
        if self.direction is Direction.REQUEST and old.default != new.default:
            texts = ["nothing" if value is MISSING else f"`{json_text(value)}`" for value in (old.default, new.default)]
            self.collector.add(
                document.REQUEST_DEFAULT_CHANGED, self.subject, detail=texts[1], old=texts[0], new=texts[1]
            )
        for what, one, other in (
            ("`readOnly`", old.read_only, new.read_only),
            ("`writeOnly`", old.write_only, new.write_only),
            ("`not`", old.negated, new.negated),
            ("`propertyNames`", old.property_names, new.property_names),
            ("`patternProperties`", old.pattern_properties, new.pattern_properties),
            (listed(sorted({*old.unmodelled} ^ {*new.unmodelled})), old.unmodelled, new.unmodelled),
        ):
            if one != other:
                self._add(document.CONDITION_CHANGED, what)
        for before, after, what in (
            (old.any_of, new.one_of, "`oneOf` instead of `anyOf`"),
            (old.one_of, new.any_of, "`anyOf` instead of `oneOf`"),
        ):
            if len(before) > 1 and len(after) > 1:
                self._add(document.CONDITION_CHANGED, what)

    def _add(self, rules: ByDirection, what: str = "") -> None:
        self.collector.add_by_direction(rules, self.direction, self.subject, detail=what, what=what)

    def _pattern(self, old: str | None, new: str | None) -> None:
        if old is None:
            self._add(document.LIMIT_NARROWED, f"the pattern `{new}`, which is new")
        elif new is None:
            self._add(document.LIMIT_WIDENED, f"no pattern (it was `{old}`)")
        else:
            self._add(document.FORMAT_CHANGED, f"the pattern `{new}` instead of `{old}`")


def _seen_from(subject: Subject, direction: Direction) -> Subject:
    """The same place under the name that fits: a schema may be a parameter and an attribute at once."""
    fitting = [name for name in subject.symbols if name.endswith((")", "]")) is (direction is Direction.REQUEST)]
    return attrs.evolve(subject, symbol=next(iter(fitting), subject.symbol))


def changed_limits(old: Bounds, new: Bounds) -> Iterator[tuple[bool, str]]:
    """Return every limit that differs: whether it is closer now, and in words."""
    for name in (*_LOWER, *_UPPER):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            raised = before is None or (after is not None and after > before)
            lowered = before is None or (after is not None and after < before)
            yield (raised if name in _LOWER else lowered), _limit(name, before, after)
    if old.multiple_of != new.multiple_of:
        step = new.multiple_of
        yield (
            step is not None and not (old.multiple_of and old.multiple_of % step == 0),
            _limit("multiple_of", old.multiple_of, step),
        )
    if bool(old.unique_items) != bool(new.unique_items):
        yield bool(new.unique_items), "items are unique" if new.unique_items else "items may be repeated"


def _limit(name: str, old: object, new: object) -> str:
    head, *tail = name.split("_")
    keyword = head + "".join(word.capitalize() for word in tail)
    if old is None:
        return f"`{keyword}` {new}, which is new"
    return f"no `{keyword}` (it was {old})" if new is None else f"`{keyword}` {new} instead of {old}"


def reached(document: Document) -> dict[str, frozenset[Direction]]:
    """Return the directions in which each named schema is used by requests and by responses that succeed, by its JSON
    pointer."""
    found: dict[str, frozenset[Direction]] = {}
    for direction, roots in ((REQUEST, _sent(document)), (RESPONSE, _received(document))):
        for named in closure(roots, targets(document)):
            where = pointer_of(document, named)
            found[where] = found.get(where, frozenset()) | direction
    return found


def targets(document: Document) -> dict[str, NamedSchema]:
    """Return the named schemas, by what refs to them resolve to."""
    return {f"{named.file}#{named.pointer}": named for named in document.schemas}


def closure(roots: Iterable[SchemaOrRef], within: Mapping[str, NamedSchema]) -> Iterable[NamedSchema]:
    """Return those of `within` that `roots` refer to, and that these refer to."""
    waiting = list(roots)
    found: dict[str, NamedSchema] = {}
    while waiting:
        for inner in walk(waiting.pop()):
            target = inner.ref.target if isinstance(inner, SchemaRef) else ""
            if target in within and target not in found:
                found[target] = within[target]
                waiting.append(within[target].schema)
    return found.values()


def users_of(within: Mapping[str, NamedSchema], roots: Sequence[Iterable[SchemaOrRef]]) -> dict[int, list[int]]:
    """Return the positions of those of `roots` that refer to each schema of `within`, directly or through others of
    them, by its `id`. Each schema is walked once, however many roots refer to it."""
    graph = {target: list(_refs([named.schema], within)) for target, named in within.items()}
    users = dict.fromkeys(graph, 0)  # a set of positions, as the bits of a number
    for position, schemas in enumerate(roots):
        for target in _refs(schemas, within):
            users[target] |= 1 << position
    order = _users_first(graph)
    is_stable = False
    while not is_stable:  # once more for every circle
        is_stable = True
        for target in order:
            for inner in graph[target]:
                if users[target] | users[inner] != users[inner]:
                    users[inner] |= users[target]
                    is_stable = False
    return {
        id(within[target]): [position for position, bit in enumerate(reversed(f"{found:b}")) if bit == "1"]
        for target, found in users.items()
    }


def _refs(nodes: Iterable[SchemaOrRef], within: Mapping[str, NamedSchema]) -> dict[str, None]:
    found = (inner.ref.target for node in nodes for inner in walk(node) if isinstance(inner, SchemaRef))
    return {target: None for target in found if target in within}


def _users_first(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys of `graph`, each before those that it refers to, circles aside."""
    order: list[str] = []
    seen: set[str] = set()
    for root in graph:
        work = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while work:
            target, inner = work[-1]
            further = next((each for each in inner if each not in seen), None)
            if further is None:
                order.append(target)
                work.pop()
            else:
                seen.add(further)
                work.append((further, iter(graph[further])))
    return order[::-1]


def pointer_of(document: Document, named: NamedSchema) -> str:
    """Return the JSON pointer of a named schema; the file stands before it if that isn't the document's own."""
    return pointer_from(document.file, named.file, named.pointer)


def changed_extensions(old: JsonObject, new: JsonObject) -> Iterator[str]:
    """Return the names of extensions (`x-…`) that came, went, or have another value."""
    extensions = keyed(dict(old.items), dict(new.items))
    yield from (*extensions.added, *extensions.removed)
    yield from (name for name, both in extensions.both.items() if normalized(both[0]) != normalized(both[1]))


def _sent(document: Document) -> Iterable[SchemaOrRef]:
    for operation in document.operations:
        yield from (parameter.schema for parameter in operation.parameters if parameter.schema is not None)
        for media in operation.request_body.content if operation.request_body else ():
            yield from (schema for schema in (media.schema, media.item_schema) if schema is not None)


def _received(document: Document) -> Iterable[SchemaOrRef]:
    for operation in document.operations:
        for response in operation.responses:
            for media in response.content if is_success(response.status) else ():
                yield from (schema for schema in (media.schema, media.item_schema) if schema is not None)


def is_success(status: str) -> bool:
    """Return whether a status, such as `200` or `2XX`, is that of success (RFC 9110 §15.3)."""
    return status.startswith("2")


def _docs(schema: Schema, is_shown: bool) -> tuple[object, ...]:
    """What people read and the package doesn't print; `is_shown`: there is a docstring with the description."""
    return (schema.title, schema.examples, None if is_shown else schema.description)


def _or_none(text: str | None) -> str:
    return f"`{text}`" if text is not None else "none"
