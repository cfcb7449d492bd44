"""Facts about schemas that reach no Python type: limits, formats, defaults, closed objects, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from ...diagnostics.span import Span
from ...document.model import (
    MISSING,
    Document,
    JsonObject,
    JsonValue,
    MediaType,
    Missing,
    Operation,
    Parameter,
    RequestBody,
    Response,
    SchemaOrRef,
)
from ...document.pointers import escape, pointer_from
from ...ir.direction import Direction
from ..collector import Collector, json_text
from ..matching.index import REQUEST, RESPONSE, Index
from ..matching.match import Matches
from ..matching.pairing import keyed, keyed_by
from ..normalize import normalized
from ..places import Place, Places
from ..rules import ByDirection, document
from ..semantics import semantics_of
from ..subject import Subject
from .limits import Change, changed_bounds, changed_conditions, changed_keys, changed_patterns
from .reach import content_of
from .shapes import changed_shape, changes_of
from .unseen import CHANGES, Unseen, seen_from

SHOWN_FORMATS = frozenset({"date-time", "date", "byte", "binary"})
"""Formats that change the Python type, so the comparison of types reports them."""

TEXTS = frozenset({"texts", "descriptions", "extensions"})
"""Facets that no value depends on."""


@attrs.frozen(kw_only=True)
class Schemas:
    """Compares schemas place by place."""

    base: Index
    revision: Index
    documents: tuple[Document, Document]
    matches: Matches
    collector: Collector
    places: Places
    unseen: Unseen

    def compare(
        self,
        old: SchemaOrRef,
        new: SchemaOrRef,
        directions: frozenset[Direction],
        is_beside_null: Callable[[], bool] = lambda: False,
    ) -> None:
        """Report what differs in places that are in both. `is_beside_null` says whether null is allowed wherever the
        two stand."""
        if old == new:
            return
        docs: dict[str, Place] = {}
        for place in self.places.between(old, new, directions):
            if place.nodes[1][0] is new and "nullable" in place.changed and is_beside_null():
                place = attrs.evolve(place, changed=place.changed - {"nullable"})
            subject = self.subject(place.pointer, *place.spans)
            for direction in sorted(place.directions, key=lambda direction: direction.value):
                about = seen_from(subject, direction)
                _Facts(collector=self.collector, unseen=self.unseen, subject=about, direction=direction).report(place)
            if Direction.RESPONSE in place.around:
                self._absences(place)
            if directions:
                self.unseen.shape(place, subject, changed_shape(place, self.places))
                if not place.changed & {"kinds", "unions"}:
                    self._properties(place)
            self._marks(place, subject)
            if self._has_other_texts(place):
                docs.setdefault(place.pointer, place)
        self._docs(docs)

    def means_the_same(self, old: SchemaOrRef | None, new: SchemaOrRef | None) -> bool:
        """Return whether two schemas ask the same of values, as far as no component does that both refer to."""
        if old is None or new is None:
            return old is new
        return not any(
            place.changed - TEXTS or place.lost or place.won
            for place in self.places.between(old, new, REQUEST | RESPONSE)
        )

    def is_narrower(self, old: SchemaOrRef | None, new: SchemaOrRef | None) -> bool:
        """Return whether all values that fit the new schema fitted the old one, and keep what programs read."""
        if old is None or new is None:
            return old is new
        places = self.places.between(old, new, REQUEST | RESPONSE)
        return all(change is Change.NARROWER for place in places for change in changes_of(place, self.places))

    def body(self, old: Operation, new: Operation) -> None:
        """Report what differs in the bodies of a request that the API sends."""
        for before, after in self._media(content_of(old), content_of(new)):
            if before.schema is not None and after.schema is not None:
                self.compare(before.schema, after.schema, RESPONSE)

    def same_around_body(self, old: Operation, new: Operation) -> bool:
        """Return whether two requests that the API sends mean the same, apart from the schemas of their bodies."""
        if old.request_body is not None and new.request_body is not None:
            known = {media.media_type: media.schema for media in old.request_body.content}
            content = [
                attrs.evolve(media, schema=known.get(media.media_type, media.schema))
                for media in new.request_body.content
            ]
            new = attrs.evolve(new, request_body=attrs.evolve(new.request_body, content=tuple(content)))
        return self.same_operation(old, new)

    def same_operation(self, old: Operation, new: Operation) -> bool:
        """Return whether two operations mean the same but for texts, and for components of one name."""
        if semantics_of(normalized(old)) == semantics_of(normalized(new)):
            return True
        bare = (attrs.evolve(each, request_body=None, responses=(), parameters=()) for each in (old, new))
        if len({semantics_of(normalized(each)) for each in bare}) > 1:
            return False
        params = keyed_by(lambda param: (param.location, param.name), old.parameters, new.parameters)
        responses = keyed_by(lambda response: response.status, old.responses, new.responses)
        if params.added or params.removed or responses.added or responses.removed:
            return False
        bodies = [(content_of(old), content_of(new))]
        bodies += [(one.content, other.content) for one, other in responses.both.values()]
        bare_pairs = [(_without_content(one), _without_content(other)) for one, other in responses.both.values()]
        bare_pairs += [(attrs.evolve(a, schema=None), attrs.evolve(b, schema=None)) for a, b in params.both.values()]
        bare_pairs += [(_without_content(old.request_body), _without_content(new.request_body))]
        return (
            all(semantics_of(normalized(one)) == semantics_of(normalized(other)) for one, other in bare_pairs)
            and all(self.means_the_same(one.schema, other.schema) for one, other in params.both.values())
            and all(self.same_content(*both) for both in bodies)
        )

    def same_content(self, old: tuple[MediaType, ...], new: tuple[MediaType, ...]) -> bool:
        """Return whether two bodies mean the same, but for components of one name."""
        types = keyed_by(lambda media: media.media_type, old, new)
        return not (types.added or types.removed) and all(
            self.means_the_same(one.schema, other.schema)
            and self.means_the_same(one.item_schema, other.item_schema)
            and semantics_of(normalized(one.encoding), ordered=False)
            == semantics_of(normalized(other.encoding), ordered=False)
            for one, other in types.both.values()
        )

    @staticmethod
    def _media(old: tuple[MediaType, ...], new: tuple[MediaType, ...]) -> Iterable[tuple[MediaType, MediaType]]:
        return keyed_by(lambda media: media.media_type, old, new).both.values()

    def subject(self, pointer: str, old: Span | None, new: Span | None) -> Subject:
        """Return the place `pointer` of the revision as a subject: by its Python name, or by that of what is around it,
        or else by the pointer."""
        named = self.revision.nearest(pointer)
        if named is None:
            return Subject(symbol=pointer, pointer=pointer, base=old, revision=new)
        return attrs.evolve(named, pointer=pointer, base=old, revision=new)

    def place(self, node: Parameter, side: int = 1) -> str:
        """Return the JSON pointer of a parameter of the revision (1) or of the base (0)."""
        return pointer_from(self.documents[side].file, node.span.file, node.pointer)

    def _properties(self, place: Place) -> None:
        """Properties that are here or there only, or that must be given now."""
        for name, node in place.lost:
            pointer = pointer_from(self.documents[0].file, node.span.file, node.pointer)
            named = self.base.nearest(pointer) or Subject(symbol=pointer)
            subject = attrs.evolve(named, pointer=pointer, base=node.span, revision=None)
            pointers = (pointer, f"{place.old_pointer}/properties/{escape(name)}")
            self.unseen.add(subject, pointers, around=place.pointer)
            if name in place.old.required and Direction.RESPONSE in place.directions:
                rule, what = document.RESPONSE_KINDS_CHANGED, f"without `{name}`"
                self.unseen.add(subject, pointers, rule, around=place.pointer, on_wire=True, what=what)
        for name, node in place.won:
            pointer = self.places.pointer(node, 1)
            subject = self.subject(pointer, None, node.span)
            pointers = (pointer, f"{place.pointer}/properties/{escape(name)}")
            self.unseen.add(subject, pointers, around=place.pointer)
            if name in place.new.required and Direction.REQUEST in place.directions:
                rule, what = document.LIMIT_NARROWED.request, f"`required` `{name}`"
                self.unseen.add(subject, pointers, rule, around=place.pointer, on_wire=True, what=what)
        old, new = place.old, place.new
        for name in sorted((old.required ^ new.required) & {*old.properties} & {*new.properties}):
            before, after = old.properties[name][0], new.properties[name][0]
            pointer = self.places.pointer(after, 1)
            subject = self.subject(pointer, before.span, after.span)
            self._requirement(subject, name, place.directions, is_required=name in new.required)

    def _requirement(self, subject: Subject, name: str, directions: frozenset[Direction], *, is_required: bool) -> None:
        """A property that must be there now, or that needn't any more."""
        what = f"`required` `{name}`" if is_required else f"without `{name}`"
        limits = CHANGES[Change.NARROWER if is_required else Change.WIDER]
        if Direction.REQUEST in directions:
            self.unseen.add(subject, (subject.pointer,), limits.request, on_wire=is_required, what=what)
        if Direction.RESPONSE in directions:
            rule = limits.response if is_required else document.RESPONSE_KINDS_CHANGED
            self.unseen.add(subject, (subject.pointer,), rule, on_wire=not is_required, what=what)

    def _absences(self, place: Place) -> None:
        """Fields of responses that may be null, and ones that may be missing: both are `None` in Python."""
        old, new = place.old, place.new
        if place.is_required is not None and "nullable" in place.changed:
            states = [(place.is_required, each.nullable) for each in (old, new)]
            self._absence(place.pointer, place.spans, states)
        if "required" not in place.changed:
            return
        for name in sorted((old.required ^ new.required) & {*old.properties} & {*new.properties}):
            both = (old.properties[name], new.properties[name])
            states = [
                (name in whole.required, self.places.meaning(nodes, side).nullable)
                for side, (whole, nodes) in enumerate(zip((old, new), both))
            ]
            self._absence(self.places.pointer(both[1][0], 1), (both[0][0].span, both[1][0].span), states)

    def _absence(self, pointer: str, spans: tuple[Span, Span], states: list[tuple[bool, bool]]) -> None:
        if states[0] != states[1] and (True, False) not in states:
            subject = seen_from(self.subject(pointer, *spans), Direction.RESPONSE)
            how = _STATES[states[1]]
            self.collector.add(document.RESPONSE_ABSENCE_CHANGED, subject, detail=how, how=how)

    def _marks(self, place: Place, subject: Subject) -> None:
        """Extensions, and what is deprecated."""
        report_extensions(self.collector, subject, place.old.extensions, place.new.extensions)
        for rule, values in (
            (document.VALUE_DEPRECATED, place.new.deprecated_values - place.old.deprecated_values),
            (document.VALUE_UNDEPRECATED, place.old.deprecated_values - place.new.deprecated_values),
        ):
            for value in sorted(values):
                text = value.partition(" ")[2]
                self.collector.add(rule, subject, detail=text, value=f"`{text}`")

    def _has_other_texts(self, place: Place) -> bool:
        is_shown = self.revision.has(place.pointer)
        return any(
            name in place.changed and normalized(getattr(place.old, name)) != normalized(getattr(place.new, name))
            for name in (("texts",) if is_shown else ("texts", "descriptions"))
        )

    def _docs(self, changed: Mapping[str, Place]) -> None:
        """One finding for all texts and examples that the package doesn't show."""
        if not changed:
            return
        first = next(iter(changed))
        subject = attrs.evolve(self.subject(first, *changed[first].spans), files=(), words=())
        what = f"the documentation of `{first}`"
        if len(changed) > 1:
            what += f" and {len(changed) - 1} more places"
        self.collector.add(document.DOCS_OF_DOCUMENT_CHANGED, subject, detail=first, what=what)


_STATES = {
    (True, True): "is always there now, be it as `null`",
    (False, False): "can be missing now, and is never `null`",
    (False, True): "can be missing now, and can be `null`",
}
"""How a field that may be `None` comes: whether it is always there, and whether it may be null."""


@attrs.frozen(kw_only=True)
class _Facts:
    """One place before and after, for one direction."""

    collector: Collector
    unseen: Unseen
    subject: Subject
    direction: Direction

    def report(self, place: Place) -> None:
        old, new, changed = place.old, place.new, place.changed
        if "bounds" in changed and _same_kinds(place):
            for change, what in changed_bounds(old.bounds, new.bounds):
                self._add(CHANGES[change], what)
        if "patterns" in changed and _same_kinds(place):
            for change, what in changed_patterns(old.patterns, new.patterns):
                self._add(document.FORMAT_CHANGED if change is Change.OTHER else CHANGES[change], what)
        if changed & {"conditions", "negated"}:
            for change, what in changed_conditions(old, new):
                self._add(CHANGES[change], what)
        for change, what in changed_keys(old, new):
            self._add(CHANGES[change], what)
        self._formats(place)
        if "closed" in changed:
            self._add(document.KEYS_CLOSED if new.closed else document.KEYS_OPENED)
        if "default" in changed:
            self._default(old.default, new.default)

    def _add(self, rules: ByDirection, what: str = "") -> None:
        self.collector.add_by_direction(rules, self.direction, self.subject, detail=what, what=what)

    def _unless_told(self, rules: ByDirection, what: str, *, on_wire: bool = False) -> None:
        """`on_wire` is whether old clients make something of their own of what they get."""
        rule = rules.request if self.direction is Direction.REQUEST else rules.response
        on_wire = on_wire or self.direction is Direction.REQUEST
        self.unseen.add(self.subject, (self.subject.pointer,), rule, on_wire=on_wire, what=what)

    def _formats(self, place: Place) -> None:
        old, new = place.old, place.new
        if "format" in place.changed:
            what = f"format {_or_none(new.format)} instead of {_or_none(old.format)}"
            if {old.format, new.format} & SHOWN_FORMATS:
                self._unless_told(document.FORMAT_CHANGED, what, on_wire=old.format in SHOWN_FORMATS)
            else:
                self._add(document.FORMAT_CHANGED, what)
        for facet, what in (("content_encoding", "contentEncoding"), ("content_media_type", "contentMediaType")):
            before, after = getattr(old, facet), getattr(new, facet)
            is_shown = "base64" in (before, after) and self.direction is Direction.REQUEST
            if facet in place.changed:
                add = self._unless_told if is_shown else self._add
                add(document.FORMAT_CHANGED, f"`{what}` {_or_none(after)} instead of {_or_none(before)}")

    def _default(self, old: JsonValue | Missing, new: JsonValue | Missing) -> None:
        texts = ["nothing" if value is MISSING else f"`{json_text(value)}`" for value in (old, new)]
        facts = {"old": texts[0], "new": texts[1]}
        if self.direction is Direction.REQUEST:
            self.collector.add(document.REQUEST_DEFAULT_CHANGED, self.subject, detail=texts[1], renamed=(), **facts)
        else:
            rule = document.RESPONSE_DEFAULT_DOCUMENTED
            self.unseen.add(self.subject, (self.subject.pointer,), rule, old=texts[0], new=texts[1])


def _without_content(node: Response | RequestBody | None) -> Response | RequestBody | None:
    return None if node is None else attrs.evolve(node, content=())


def _same_kinds(place: Place) -> bool:
    """Whether limits can be compared: a value of another kind says more than its limits."""
    old, new = place.old.kinds, place.new.kinds
    return old is None or new is None or bool(old & new) or {*old, *new} <= {"integer", "number"}


def report_extensions(collector: Collector, subject: Subject, old: JsonObject, new: JsonObject) -> None:
    """Report the extensions (`x-…`) that came, went, or have another value."""
    extensions = keyed(dict(old.items), dict(new.items))
    changed = [name for name, both in extensions.both.items() if normalized(both[0]) != normalized(both[1])]
    for how, names in (
        ("came to", extensions.added),
        ("left", extensions.removed),
        ("has another value at", changed),
    ):
        for name in names:
            words = name.lower()
            is_mark = "deprecat" in words or "sunset" in words
            rule = document.EXTENSION_DEPRECATED if is_mark else document.EXTENSION_CHANGED
            facts = {"how": how} if is_mark else {}
            collector.add(rule, subject, detail=name, renamed=(), name=name, **facts)


def _or_none(text: str | None) -> str:
    return f"`{text}`" if text is not None else "none"
