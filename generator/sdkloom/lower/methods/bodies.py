"""The request body of an operation: which media types are sent, and whether its members become parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean, nearest
from ...diagnostics.span import NOWHERE, Span
from ...document.config import MethodConfig
from ...document.model import JsonValue, MediaType, Operation, Property, RequestBody, Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.resources import BodyFormat, BodyKind, MemberEncoding
from ..types.shape_kinds import (
    AnyShape,
    ArrayShape,
    LiteralShape,
    MapShape,
    ObjectShape,
    ScalarShape,
    Shape,
    UnionShape,
    scalar_of,
)
from ..types.shapes import Shapes
from .encodings import Encodings
from .media_types import FORM, essence, is_any, is_json, is_json_lines, is_range, is_text

JSON_TYPE = "application/json"
_BYTES = "application/octet-stream"
_WRITTEN_TYPES = {
    "json": JSON_TYPE,
    "x-www-form-urlencoded": FORM,
    "form-data": "multipart/form-data",
}
"""Media types in which a body is written by its schema, by their subtypes."""

_PREFERENCE = (BodyKind.JSON, BodyKind.FORM, BodyKind.MULTIPART, BodyKind.LINES, BodyKind.BINARY)
_FORMS = frozenset({BodyKind.FORM, BodyKind.MULTIPART})
_WITH_MEMBERS = frozenset({BodyKind.JSON, *_FORMS})


@attrs.frozen(kw_only=True, eq=False)
class BodyMember:
    """A member of the body that becomes a parameter. `part` is its schema in a multipart form, `schema` that in any
    other body; one of them may be missing."""

    prop: Property
    schema: SchemaOrRef | None
    part: SchemaOrRef | None
    required: bool


@attrs.frozen(kw_only=True, eq=False)
class Body:
    """Either `members` (each is a parameter of the method) or `whole` (one parameter) or neither is set.

    `whole_form` is the schema of a multipart form in which `whole` is sent if there are files in it.
    `content_types` are the media types that the caller chooses from, if there is a choice.
    """

    formats: tuple[BodyFormat, ...] = ()
    members: tuple[BodyMember, ...] = ()
    whole: SchemaOrRef | None = None
    whole_form: SchemaOrRef | None = None
    required: bool = False
    content_types: tuple[str, ...] = ()
    examples: tuple[JsonValue, ...] = ()
    doc: str | None = None
    span: Span = NOWHERE

    @property
    def kind(self) -> BodyKind:
        """How the body is written, unless the caller gives what needs another way."""
        return self.formats[0].kind if self.formats else BodyKind.NONE


@attrs.frozen(kw_only=True, eq=False)
class _Media:
    """An entry of `content`; `shape` is set if it has named members."""

    entry: MediaType
    kind: BodyKind
    schema: SchemaOrRef
    shape: ObjectShape | None

    @property
    def name(self) -> str:
        return self.entry.media_type


class Bodies:
    """Finds the request bodies of operations. What can't be sent is reported."""

    def __init__(self, shapes: Shapes, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._sink = sink
        self._encodings = Encodings(shapes, sink)

    def of(self, operation: Operation, config: MethodConfig, words: Mapping[str, str]) -> Body:
        """Return the body of `operation` in the media types that are sent (OpenAPI 3.1 §4.8.13, §4.8.14).

        `config` may choose one of them; `words` are the styles that sdk.yaml gives to members of forms.
        """
        request = self._configured(operation.request_body, config)
        if request is None or not request.content:
            return Body()
        offered = sorted(map(self._media, request.content), key=_preference)
        main, others = offered[0], offered[1:]
        alike = [other for other in others if self._is_alike(main, other)]
        alternatives = [other for other in others if other not in alike and self._adds(other, main, alike)]
        if main.shape is None:
            alternatives = alternatives[:1]
        for other in others:
            if other not in alike and other not in alternatives and not self._is_covered(other, main):
                self._sink.report(catalog.BODY_NOT_OFFERED, other.entry.span, media=other.name, chosen=main.name)
        if _is_nothing(main, self._shapes):
            return Body(formats=(_format(main),), required=True) if self._is_empty_json(main, request) else Body()
        if main.shape is not None and not self._is_required_or_null(request, main, alternatives):
            return self._with_members(request, [main, *alternatives], alike, words)
        return self._whole(request, main, alike, alternatives)

    def _configured(self, request: RequestBody | None, config: MethodConfig) -> RequestBody | None:
        content = request.content if request is not None else ()
        chosen = config.body_type
        if chosen is not None:
            found = tuple(media for media in content if media.media_type == chosen.text)
            hint = did_you_mean(chosen.text, [media.media_type for media in content])
            if not found:
                self._sink.report(catalog.NO_BODY_TYPE, chosen.span, name=chosen.text, hint=hint)
            content = found or content
        if request is None:
            return None
        required = request.required if config.body_required is None else config.body_required
        return attrs.evolve(request, content=content, required=required)

    def _with_members(
        self, request: RequestBody, offered: list[_Media], alike: list[_Media], words: Mapping[str, str]
    ) -> Body:
        main = offered[0]
        kinds = [{prop.name: prop for prop in self._visible(media)} for media in offered]
        required = [self._required(media) for media in offered]
        may_lack = request.required is False or (request.required is None and self._may_be_null(main))
        if self._may_be_null(main):
            self._sink.report(catalog.NULL_BODY, main.entry.span)
        members: list[BodyMember] = []
        for name in dict.fromkeys(name for found in kinds for name in found):
            props = [(media.kind, found[name]) for media, found in zip(offered, kinds) if name in found]
            is_required = not may_lack and all(name in names for names in required)
            members.append(self._member(props, required=is_required))
        formats = [
            attrs.evolve(
                _format(media),
                members=tuple(found),
                required=tuple(name for name in found if name in names),
                no_files=self._without_files(members) if media.kind is not BodyKind.MULTIPART else (),
                encodings=self._encodings.of(media.entry, found.values(), media.kind, words),
            )
            for media, found, names in zip(offered, kinds, required)
        ]
        return Body(
            formats=tuple(formats),
            members=tuple(members),
            required=bool(request.required),
            content_types=_choice([main, *alike]) if len(offered) == 1 else (),
            examples=main.entry.examples,
            doc=request.description,
            span=main.entry.span,
        )

    def _whole(self, request: RequestBody, main: _Media, alike: list[_Media], others: list[_Media]) -> Body:
        schema, content_types = main.schema, _choice([main, *alike])
        if main.kind is BodyKind.BINARY:
            schema = self._content([main, *alike])
        elif main.kind is BodyKind.LINES:
            schema = Schema(types=("array",), items=self._line(main), span=main.entry.span)
        elif main.kind in _FORMS and isinstance(self._shapes.dereferenced(schema).shape, AnyShape):
            schema = Schema(types=("object",), additional_properties=True, span=main.entry.span)
        if main.entry.schema is None and main.kind in _FORMS:
            self._sink.report(catalog.BODY_WITHOUT_SCHEMA, main.entry.span, media=main.name)
        return Body(
            formats=(
                attrs.evolve(
                    _sent_as(main, content_types, self._encodings.of(main.entry, (), main.kind, {})),
                    no_files=tuple(name for other in others for name in self._files_of(other)),
                ),
                *(self._with_files(other) for other in others),
            ),
            whole=schema,
            whole_form=others[0].schema if others else None,
            required=bool(request.required),
            content_types=content_types,
            examples=main.entry.examples,
            doc=request.description,
            span=main.entry.span,
        )

    def _with_files(self, media: _Media) -> BodyFormat:
        encodings = self._encodings.of(media.entry, self._visible(media), media.kind, {})
        return attrs.evolve(_format(media), encodings=encodings)

    def _media(self, entry: MediaType) -> _Media:
        schema = entry.schema or Schema(span=entry.span)
        shape = self._shapes.dereferenced(schema).shape
        is_text = isinstance(shape, ScalarShape) and shape.kind == "string"
        is_unknown = entry.schema is None or isinstance(shape, ScalarShape) and shape.binary
        kind = _kind(entry.media_type, is_unknown=is_unknown, is_text=is_text and entry.item_schema is None)
        has_members = kind in _WITH_MEMBERS and isinstance(shape, ObjectShape) and bool(shape.properties)
        return _Media(
            entry=entry,
            kind=kind,
            schema=schema,
            shape=shape if has_members and isinstance(shape, ObjectShape) else None,
        )

    def _content(self, alike: list[_Media]) -> Schema:
        """What is sent as it is: bytes or, as a text, also what that is declared to be."""
        for media in alike:
            if self._shapes.has_parts(media.schema):
                guess = nearest(essence(media.name).rpartition("/")[2], _WRITTEN_TYPES)
                hint = f"did you mean `{_WRITTEN_TYPES[guess]}`?" if guess else None
                self._sink.report(
                    catalog.SCHEMA_UNUSED, media.entry.span, hint=hint, content="a body", media=media.name, given="sent"
                )
        span = alike[0].entry.span
        data = Schema(types=("string",), format="binary", span=span)
        texts = [media for media in alike if is_text(media.name) or essence(media.name) == "*/*"]
        if not texts:
            return data
        scalars = [(media.schema, scalar_of(self._shapes.dereferenced(media.schema).shape)) for media in texts]
        declared = [schema for schema, scalar in scalars if scalar is not None and scalar.kind != "string"]
        return Schema(any_of=(*declared, Schema(types=("string",), span=span), data), span=span)

    def _is_alike(self, one: _Media, other: _Media) -> bool:
        """Whether the same body can be sent as either of them."""
        return one.kind is other.kind and (one.kind is BodyKind.BINARY or one.schema == other.schema)

    def _adds(self, other: _Media, main: _Media, alike: list[_Media]) -> bool:
        """Whether something can be sent as `other` only: a member that `main` lacks, or a file."""
        if other.shape is None or main.kind is other.kind:
            return False
        if main.shape is None:
            return self._is_mapping(main) and bool(self._files_of(other))
        known = {prop.name for prop in self._visible(main)}
        return bool(self._files_of(other)) or any(prop.name not in known for prop in self._visible(other))

    def _files_of(self, media: _Media) -> list[str]:
        """The members that may be files."""
        properties = self._visible(media) if media.kind is BodyKind.MULTIPART else []
        return [prop.name for prop in properties if self.holds_file(prop.schema)]

    def _is_mapping(self, media: _Media) -> bool:
        """Whether the body is JSON that is always an object."""
        shape = self._shapes.dereferenced(media.schema).shape
        members = shape.members if isinstance(shape, UnionShape) and media.kind is BodyKind.JSON else ()
        shapes = [self._shapes.dereferenced(member).shape for member in members]
        return bool(shapes) and all(isinstance(shape, (ObjectShape, MapShape)) for shape in shapes)

    def _is_covered(self, other: _Media, main: _Media) -> bool:
        """Whether all that could be sent as `other` can be sent as `main`."""
        if main.kind is BodyKind.JSON and other.kind is BodyKind.JSON and is_range(other.name):
            return True
        if main.kind not in _WITH_MEMBERS or other.kind not in _WITH_MEMBERS:
            return False
        if main.schema == other.schema:
            return True
        if main.shape is None or other.shape is None or main.kind is other.kind:
            return False
        return {prop.name for prop in self._visible(other)} <= {prop.name for prop in self._visible(main)}

    def holds_file(self, node: SchemaOrRef) -> bool:
        """Whether a value of this schema may be a file where it is a part of a form: binary text, or a list of it."""
        pending, seen = [node], set[int]()
        while pending:
            resolved = self._shapes.dereferenced(pending.pop())
            shape = resolved.shape
            if id(shape) in seen:
                continue
            seen.add(id(shape))
            is_any = isinstance(shape, AnyShape) and not resolved.keywords.types
            if is_any or isinstance(shape, ScalarShape) and shape.binary:
                return True
            pending.extend(getattr(shape, "members", ()) or getattr(shape, "items", ()))
        return False

    def _member(self, props: list[tuple[BodyKind, Property]], *, required: bool) -> BodyMember:
        """A member of all media types that have it. Only parts have files; of other types it takes any."""
        part = next((prop.schema for kind, prop in props if kind is BodyKind.MULTIPART), None)
        others = [prop.schema for kind, prop in props if kind is not BodyKind.MULTIPART]
        if others and part is not None and not self.holds_file(part):
            others, part = [*others, part], None
        schema = self._any_of(others) if others else None
        return BodyMember(prop=props[0][1], schema=None if schema == part else schema, part=part, required=required)

    def _any_of(self, schemas: list[SchemaOrRef]) -> SchemaOrRef:
        """The first schema, or one that takes values of each sort that one of them takes."""
        first = schemas[0]
        by_sorts: dict[frozenset[str], SchemaOrRef] = {}
        for schema in schemas:
            by_sorts.setdefault(self._sorts(schema), schema)
        if len(by_sorts) == 1:
            return first
        description = self._shapes.of(first).keywords.description
        return Schema(any_of=tuple(by_sorts.values()), description=description, span=first.span)

    def _sorts(self, node: SchemaOrRef) -> frozenset[str]:
        """The types of JSON that a value of this schema may have."""
        pending, seen, sorts = [node], set[int](), set[str]()
        while pending:
            shape = self._shapes.dereferenced(pending.pop()).shape
            if isinstance(shape, UnionShape) and id(shape) not in seen:
                seen.add(id(shape))
                pending.extend(shape.members)
            elif not isinstance(shape, UnionShape):
                sorts |= _sorts_of(shape)
        return frozenset(sorts)

    def _without_files(self, members: Iterable[BodyMember]) -> tuple[str, ...]:
        """Members that have files in a form only."""
        return tuple(
            member.prop.name
            for member in members
            if member.part is not None and not (member.schema is not None and self._is_base64(member.schema))
        )

    def _is_base64(self, node: SchemaOrRef) -> bool:
        shape = self._shapes.dereferenced(node).shape
        return isinstance(shape, ScalarShape) and shape.base64

    def _visible(self, media: _Media) -> list[Property]:
        """The properties that are sent."""
        properties = media.shape.properties if media.shape is not None else ()
        return [prop for prop in properties if self._shapes.is_visible(prop, Direction.REQUEST)]

    def _required(self, media: _Media) -> frozenset[str]:
        return media.shape.required if media.shape is not None else frozenset()

    def _may_be_null(self, media: _Media) -> bool:
        """Whether the body may be `null`, which only JSON can say."""
        return media.kind is BodyKind.JSON and self._shapes.dereferenced(media.schema).nullable

    def _is_required_or_null(self, request: RequestBody, main: _Media, alternatives: list[_Media]) -> bool:
        """Whether a body must be given that may be `null`: it is one argument then, as members can't say that."""
        return bool(request.required) and not alternatives and self._may_be_null(main)

    def _is_empty_json(self, main: _Media, request: RequestBody) -> bool:
        return main.kind is BodyKind.JSON and bool(request.required)

    def _line(self, media: _Media) -> SchemaOrRef:
        """The schema of a line: `itemSchema`, or else that of the items of a list, or else that of the body."""
        shape = self._shapes.dereferenced(media.schema).shape
        if media.entry.item_schema is not None:
            return media.entry.item_schema
        return shape.items[0] if isinstance(shape, ArrayShape) and len(shape.items) == 1 else media.schema


def _is_nothing(media: _Media, shapes: Shapes) -> bool:
    """Whether the body is an object that can't hold anything: generators of specs write it where there is no body."""
    if media.entry.schema is None or media.kind not in _WITH_MEMBERS:
        return False
    resolved = shapes.dereferenced(media.schema)
    if isinstance(resolved.shape, ObjectShape):
        return not resolved.shape.properties and resolved.shape.extra is False
    keywords = resolved.keywords
    says_nothing = keywords.additional_properties is None and not keywords.pattern_properties
    return media.kind in _FORMS and isinstance(resolved.shape, MapShape) and says_nothing


def _sorts_of(shape: Shape) -> set[str]:
    match shape:
        case ScalarShape():
            return {shape.kind}
        case LiteralShape(values):
            words = {str: "string", bool: "boolean", int: "integer"}
            return {words.get(type(value), "number") for value in values}
        case ObjectShape() | MapShape():
            return {"object"}
        case _:
            return {type(shape).__name__}


def _preference(media: _Media) -> tuple[int, bool, bool]:
    return (_PREFERENCE.index(media.kind), essence(media.name) != JSON_TYPE, is_range(media.name))


def _kind(media_type: str, *, is_unknown: bool, is_text: bool) -> BodyKind:
    """How a body of this media type is written. Of any type (`*/*`), JSON is sent where the schema says what it is."""
    name = essence(media_type)
    if is_json(name) or (is_any(name) and not is_unknown):
        return BodyKind.JSON
    if name == "multipart/form-data":
        return BodyKind.MULTIPART
    if name == FORM:
        return BodyKind.FORM
    return BodyKind.LINES if is_json_lines(name) and not (is_unknown or is_text) else BodyKind.BINARY


def _format(media: _Media) -> BodyFormat:
    return BodyFormat(kind=media.kind, media_type=JSON_TYPE if _is_any_json(media) else media.name)


def _sent_as(media: _Media, content_types: tuple[str, ...], encodings: tuple[MemberEncoding, ...]) -> BodyFormat:
    media_type = (default_type(content_types) or "") if content_types else _format(media).media_type
    return BodyFormat(kind=media.kind, media_type=media_type, encodings=encodings)


def _is_any_json(media: _Media) -> bool:
    return media.kind is BodyKind.JSON and is_range(media.name)


def _choice(alike: list[_Media]) -> tuple[str, ...]:
    """The media types that the caller may choose from; none if there is one, or if one of them is JSON as such."""
    names = tuple(media.name for media in alike)
    if alike[0].kind is BodyKind.JSON:
        exact = tuple(name for name in names if not is_range(name))
        return exact if len(exact) > 1 and essence(exact[0]) != JSON_TYPE else ()
    if alike[0].kind is not BodyKind.BINARY:
        return ()
    return names if len(names) > 1 or any(map(_is_open, names)) else ()


def _is_open(media_type: str) -> bool:
    """Whether only the caller can say what exactly is sent. The boundary of a multipart body is a part of its type."""
    return is_range(media_type) or essence(media_type).startswith("multipart/")


def default_type(content_types: tuple[str, ...]) -> str | None:
    """Return the media type that is sent if the caller chooses none; `None` if the caller must."""
    exact = next((name for name in content_types if not _is_open(name)), None)
    return exact or (_BYTES if any(map(is_any, content_types)) else None)
