"""The request body of an operation: which media types are sent, and whether its members become parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ...diagnostics import catalog, media_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean, nearest
from ...diagnostics.span import NOWHERE, Span
from ...document.config import MethodConfig
from ...document.model import JsonValue, MediaType, Operation, Property, RequestBody, Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.resources import BodyFormat, BodyKind
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
from .body_media import JSON_TYPE, BodyMedia, choice, format_of, preference, sent_as, written_as
from .encodings import Encodings
from .media_types import FORM, essence, is_range, is_text

_WRITTEN_TYPES = {
    "json": JSON_TYPE,
    "x-www-form-urlencoded": FORM,
    "form-data": "multipart/form-data",
}
"""Media types in which a body is written by its schema, by their subtypes."""

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
    `content_types` are the media types that the caller chooses from, if there is a choice; `content_type_required`
    says that none of them is the usual one.
    """

    formats: tuple[BodyFormat, ...] = ()
    members: tuple[BodyMember, ...] = ()
    whole: SchemaOrRef | None = None
    whole_form: SchemaOrRef | None = None
    required: bool = False
    content_types: tuple[str, ...] = ()
    content_type_required: bool = False
    examples: tuple[JsonValue, ...] = ()
    doc: str | None = None
    span: Span = NOWHERE

    @property
    def kind(self) -> BodyKind:
        """How the body is written, unless the caller gives what needs another way."""
        return self.formats[0].kind if self.formats else BodyKind.NONE


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
        offered = sorted(map(self._media, request.content), key=preference)
        main, others = offered[0], offered[1:]
        alike = [other for other in others if self._is_alike(main, other)]
        alternatives = [other for other in others if other not in alike and self._adds(other, main, alike)]
        if main.shape is None:
            alternatives = alternatives[:1]
        json = [other for other in others if other not in alike and self._is_other_json(main, other)]
        json = [] if alternatives or _is_nothing(main, self._shapes) else json
        for other in others:
            if not any(other in sent for sent in (alike, alternatives, json)) and not self._is_covered(other, main):
                self._sink.report(media_catalog.BODY_NOT_OFFERED, other.entry.span, media=other.name, chosen=main.name)
        if _is_nothing(main, self._shapes):
            return Body(formats=(format_of(main),), required=True) if self._is_empty_json(main, request) else Body()
        if json:
            return self._of_several_schemas(request, [main, *alike], json)
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
        self, request: RequestBody, offered: list[BodyMedia], alike: list[BodyMedia], words: Mapping[str, str]
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
                format_of(media),
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
            content_types=choice([main, *alike]) if len(offered) == 1 else (),
            examples=main.entry.examples,
            doc=request.description,
            span=main.entry.span,
        )

    def _whole(self, request: RequestBody, main: BodyMedia, alike: list[BodyMedia], others: list[BodyMedia]) -> Body:
        schema, content_types = main.schema, choice([main, *alike])
        if main.kind is BodyKind.BINARY:
            schema = self._content([main, *alike])
        elif main.kind is BodyKind.LINES:
            schema = Schema(types=("array",), items=self._line(main), span=main.entry.span)
        elif main.kind in _FORMS and isinstance(self._shapes.dereferenced(schema).shape, AnyShape):
            schema = Schema(types=("object",), additional_properties=True, span=main.entry.span)
        if main.entry.schema is None and main.kind in _FORMS:
            self._sink.report(media_catalog.BODY_WITHOUT_SCHEMA, main.entry.span, media=main.name)
        return Body(
            formats=(
                attrs.evolve(
                    sent_as(main, content_types, self._encodings.of(main.entry, (), main.kind, {})),
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

    def _of_several_schemas(self, request: RequestBody, alike: list[BodyMedia], others: list[BodyMedia]) -> Body:
        """JSON whose media type says which schema it has: one argument for the body, one for the type."""
        main = alike[0]
        exact = [media for media in (*alike, *others) if not is_range(media.name)]
        schemas: list[SchemaOrRef] = []
        for media in exact:
            schemas += [media.schema] if media.schema not in schemas else []
        return attrs.evolve(
            self._whole(request, main, alike, []),
            whole=Schema(any_of=tuple(schemas), span=main.entry.span),
            content_types=tuple(media.name for media in exact),
            content_type_required=essence(main.name) != JSON_TYPE,
        )

    def _with_files(self, media: BodyMedia) -> BodyFormat:
        encodings = self._encodings.of(media.entry, self._visible(media), media.kind, {})
        return attrs.evolve(format_of(media), encodings=encodings)

    def _media(self, entry: MediaType) -> BodyMedia:
        schema = entry.schema or Schema(span=entry.span)
        shape = self._shapes.dereferenced(schema).shape
        is_text = isinstance(shape, ScalarShape) and shape.kind == "string"
        is_unknown = entry.schema is None or isinstance(shape, ScalarShape) and shape.binary
        kind = written_as(entry.media_type, is_unknown=is_unknown, is_text=is_text and entry.item_schema is None)
        has_members = kind in _WITH_MEMBERS and isinstance(shape, ObjectShape) and bool(shape.properties)
        return BodyMedia(
            entry=entry,
            kind=kind,
            schema=schema,
            shape=shape if has_members and isinstance(shape, ObjectShape) else None,
        )

    def _content(self, alike: list[BodyMedia]) -> Schema:
        """What is sent as it is: bytes or, as a text, also what that is declared to be."""
        for media in alike:
            if self._shapes.has_parts(media.schema):
                guess = nearest(essence(media.name).rpartition("/")[2], _WRITTEN_TYPES)
                hint = f"did you mean `{_WRITTEN_TYPES[guess]}`?" if guess else None
                self._sink.report(
                    media_catalog.SCHEMA_UNUSED,
                    media.entry.span,
                    hint=hint,
                    content="a body",
                    media=media.name,
                    given="sent",
                )
        span = alike[0].entry.span
        data = Schema(types=("string",), format="binary", span=span)
        texts = [media for media in alike if is_text(media.name) or essence(media.name) == "*/*"]
        if not texts:
            return data
        scalars = [(media.schema, scalar_of(self._shapes.dereferenced(media.schema).shape)) for media in texts]
        declared = [schema for schema, scalar in scalars if scalar is not None and scalar.kind != "string"]
        return Schema(any_of=(*declared, Schema(types=("string",), span=span), data), span=span)

    def _is_alike(self, one: BodyMedia, other: BodyMedia) -> bool:
        """Whether the same body can be sent as either of them."""
        return one.kind is other.kind and (one.kind is BodyKind.BINARY or one.schema == other.schema)

    def _is_other_json(self, main: BodyMedia, other: BodyMedia) -> bool:
        """Whether both are JSON of schemas of their own."""
        if {main.kind, other.kind} != {BodyKind.JSON} or is_range(main.name) or is_range(other.name):
            return False
        shapes = [self._shapes.dereferenced(media.schema).shape for media in (main, other)]
        return not any(isinstance(shape, AnyShape) for shape in shapes) and not self._is_covered(other, main)

    def _adds(self, other: BodyMedia, main: BodyMedia, alike: list[BodyMedia]) -> bool:
        """Whether something can be sent as `other` only: a member that `main` lacks, or a file."""
        if other.shape is None or main.kind is other.kind:
            return False
        if main.shape is None:
            return self._is_mapping(main) and bool(self._files_of(other))
        known = {prop.name for prop in self._visible(main)}
        return bool(self._files_of(other)) or any(prop.name not in known for prop in self._visible(other))

    def _files_of(self, media: BodyMedia) -> list[str]:
        """The members that may be files."""
        properties = self._visible(media) if media.kind is BodyKind.MULTIPART else []
        return [prop.name for prop in properties if self.holds_file(prop.schema)]

    def _is_mapping(self, media: BodyMedia) -> bool:
        """Whether the body is JSON that is always an object."""
        shape = self._shapes.dereferenced(media.schema).shape
        members = shape.members if isinstance(shape, UnionShape) and media.kind is BodyKind.JSON else ()
        shapes = [self._shapes.dereferenced(member).shape for member in members]
        return bool(shapes) and all(isinstance(shape, (ObjectShape, MapShape)) for shape in shapes)

    def _is_covered(self, other: BodyMedia, main: BodyMedia) -> bool:
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

    def _visible(self, media: BodyMedia) -> list[Property]:
        """The properties that are sent."""
        properties = media.shape.properties if media.shape is not None else ()
        return [prop for prop in properties if self._shapes.is_visible(prop, Direction.REQUEST)]

    def _required(self, media: BodyMedia) -> frozenset[str]:
        return media.shape.required if media.shape is not None else frozenset()

    def _may_be_null(self, media: BodyMedia) -> bool:
        """Whether the body may be `null`, which only JSON can say."""
        return media.kind is BodyKind.JSON and self._shapes.dereferenced(media.schema).nullable

    def _is_required_or_null(self, request: RequestBody, main: BodyMedia, alternatives: list[BodyMedia]) -> bool:
        """Whether a body must be given that may be `null`: it is one argument then, as members can't say that."""
        return bool(request.required) and not alternatives and self._may_be_null(main)

    def _is_empty_json(self, main: BodyMedia, request: RequestBody) -> bool:
        return main.kind is BodyKind.JSON and bool(request.required)

    def _line(self, media: BodyMedia) -> SchemaOrRef:
        """The schema of a line: `itemSchema`, or else that of the items of a list, or else that of the body."""
        shape = self._shapes.dereferenced(media.schema).shape
        if media.entry.item_schema is not None:
            return media.entry.item_schema
        return shape.items[0] if isinstance(shape, ArrayShape) and len(shape.items) == 1 else media.schema


def _is_nothing(media: BodyMedia, shapes: Shapes) -> bool:
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
