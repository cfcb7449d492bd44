"""What of an operation tells whether its list comes page by page: parameters, lists, and the places beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from ...document.model import MediaType, Operation, ParameterIn, Schema, SchemaOrRef
from ..names.identifiers import snake
from ..types.shape_kinds import ArrayShape, LiteralShape, ObjectShape, ScalarShape
from ..types.shapes import Shapes
from ..types.usage import success_responses
from .media_types import is_event_stream, is_json_lines, json_among

_DEPTH = 3
_MOST_PLACES = 300
_MOST_VARIANTS = 10
"""More are no response that a person would have written."""

_FIRST = re.compile(
    r"\b(?P<based>[01])[- ](based|indexed)|\b(start|begin)(s|ning|ing)? (at|from|with)( page)? (?P<first>[01])\b", re.I
)
"""How descriptions say which number the first page has."""

_USUAL_LISTS = frozenset(
    {"content", "data", "entries", "items", "objects", "records", "resources", "results", "values"}
)


@attrs.frozen(kw_only=True)
class Place:
    """A place in a response, or a parameter. `path` has the names on the way, `kinds` what values may be."""

    path: tuple[str, ...]
    schema: SchemaOrRef = attrs.field(eq=False)
    kinds: frozenset[str]
    format: str | None = None
    required: bool = False
    doc: str | None = None

    @property
    def text(self) -> str:
        """How sdk.yaml writes it: `meta.next_cursor`."""
        return ".".join(self.path)

    @property
    def name(self) -> str:
        """The last name on the way, in snake case."""
        return snake(self.path[-1]) if self.path else ""

    @property
    def parent(self) -> str:
        """The name before that."""
        return snake(self.path[-2]) if len(self.path) > 1 else ""

    @property
    def is_text(self) -> bool:
        """Whether it is a text that means nothing but itself: neither a date nor a URL."""
        return "string" in self.kinds and self.format not in ("date", "date-time", "uri", "url", "uri-reference")

    @property
    def is_whole(self) -> bool:
        """Whether it is a number without fractions."""
        return "integer" in self.kinds or self.kinds == frozenset({"number"})


@attrs.frozen(kw_only=True, eq=False)
class ListOperation:
    """An operation that gives a list: what it takes, and what its response has.

    `lists` are the places of lists, the best one first; `places` all others, by how sdk.yaml writes them.
    """

    operation: Operation
    media: MediaType
    query: Mapping[str, Place]
    body: Mapping[str, Place]
    lists: tuple[Place, ...]
    places: Mapping[str, Place]
    has_link: bool

    @property
    def is_get(self) -> bool:
        """Whether the request has no effect."""
        return self.operation.method.lower() == "get"

    @property
    def chosen(self) -> Place | None:
        """The list that the response is about: the only one, or that with a usual name, or that of objects."""
        at_top = [place for place in self.lists if len(place.path) < 2] or list(self.lists)
        if len(at_top) > 1:
            usual = [place for place in at_top if place.name in _USUAL_LISTS]
            at_top = usual if len(usual) == 1 else [place for place in at_top if "object" in place.kinds]
        return at_top[0] if len(at_top) == 1 else None

    def list_at(self, text: str) -> Place | None:
        """Return the list at a place; the chosen one if the place is empty."""
        return next((place for place in self.lists if place.text == text), None) if text else self.chosen

    def parameter(self, name: str) -> Place | None:
        """Return a parameter of the query, or a member of the body, by its name in the request."""
        return self.query.get(name) or self.body.get(name)


class Lists:
    """Looks at operations."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._kinds: dict[int, tuple[SchemaOrRef, frozenset[str], str | None]] = {}
        self._in_objects: dict[ObjectShape | None, dict[str, Place]] = {None: {}}

    def of(self, operation: Operation) -> ListOperation | None:
        """Return what an operation gives, if that is a list: JSON, and nothing else beside it."""
        responses = [response for response in success_responses(operation) if response.content]
        if len(responses) != 1 or len(success_responses(operation)) != 1:
            return None
        content = responses[0].content
        media = json_among(content)
        is_streamed = any(is_event_stream(other.media_type) or is_json_lines(other.media_type) for other in content)
        if media is None or media.schema is None or is_streamed:
            return None
        places = self._places_of(media.schema)
        lists = tuple(place for place in places.values() if "array" in place.kinds)
        whole = self._list(media.schema, (), required=True)
        found = ListOperation(
            operation=operation,
            media=media,
            query={place.text: place for place in self._query(operation)},
            body={place.text: place for place in self._body(operation)},
            lists=(whole,) if whole is not None else tuple(map(self._with_items, lists)),
            places={text: place for text, place in places.items() if "array" not in place.kinds},
            has_link=any(header.name.lower() == "link" for header in responses[0].headers),
        )
        return found if found.lists else None

    def properties(self, schema: SchemaOrRef) -> ObjectShape | None:
        """Return the properties of an object; `None` if it is none."""
        shape = self._shapes.dereferenced(schema).shape
        return shape if isinstance(shape, ObjectShape) else None

    def item_of(self, place: Place) -> SchemaOrRef:
        """Return the schema of the items of a list."""
        shape = self._shapes.dereferenced(place.schema).shape
        items = shape.items if isinstance(shape, ArrayShape) else ()
        return items[0] if items else Schema(span=place.schema.span)

    def first_value(self, place: Place) -> int | None:
        """Return what a number is in the first request, if the document says so: its default,
        the least value if that is 1, or its description."""
        keywords = self._shapes.dereferenced(place.schema).keywords
        own = self._shapes.of(place.schema).keywords
        for value in (own.default, keywords.default):
            if isinstance(value, int) and not isinstance(value, bool) and value in (0, 1):
                return value
        if 1 in (own.bounds.minimum, keywords.bounds.minimum):
            return 1
        said = _FIRST.search(place.doc or own.description or keywords.description or "")
        return None if said is None else int(said["based"] or said["first"])

    def _query(self, operation: Operation) -> Iterator[Place]:
        for param in operation.parameters:
            if param.location is ParameterIn.QUERY and param.schema is not None:
                yield attrs.evolve(
                    self._place((param.name,), param.schema, required=param.required), doc=param.description
                )

    def _body(self, operation: Operation) -> Iterator[Place]:
        content = operation.request_body.content if operation.request_body is not None else ()
        media = json_among(content)
        shape = self.properties(media.schema) if media is not None and media.schema is not None else None
        for prop in shape.properties if shape is not None else ():
            yield self._place((prop.name,), prop.schema, required=shape is not None and prop.name in shape.required)

    def _places_of(self, response: SchemaOrRef) -> Mapping[str, Place]:
        """The places of a response, by how sdk.yaml writes them. Each object is walked once: responses share them."""
        shape = self.properties(response)
        if shape not in self._in_objects:
            self._in_objects[shape] = {place.text: place for place in self._places(response, ())}
        return self._in_objects[shape]

    def _places(self, schema: SchemaOrRef, path: tuple[str, ...]) -> Iterator[Place]:
        """The properties of an object, and those of the objects in it; of a union, those of each variant."""
        variants = list(self._shapes.variants(schema)) if path else [schema]
        for variant in variants[:_MOST_VARIANTS]:
            shape = self.properties(variant)
            for prop in shape.properties[:_MOST_PLACES] if shape is not None else ():
                here = (*path, prop.name)
                is_sure = shape is not None and prop.name in shape.required and len(variants) == 1
                place = self._place(here, prop.schema, required=is_sure)
                yield place
                if len(here) < _DEPTH and "object" in place.kinds:
                    yield from self._places(prop.schema, here)

    def _list(self, schema: SchemaOrRef, path: tuple[str, ...], *, required: bool) -> Place | None:
        place = self._place(path, schema, required=required)
        return self._with_items(place) if place.kinds == frozenset({"array"}) else None

    def _with_items(self, place: Place) -> Place:
        """A list whose kinds are those of its items."""
        return attrs.evolve(place, kinds=self._place(place.path, self.item_of(place), required=True).kinds)

    def _place(self, path: tuple[str, ...], schema: SchemaOrRef, *, required: bool) -> Place:
        known = self._kinds.get(id(schema))
        if known is None:
            known = self._kinds[id(schema)] = (schema, *self._kinds_of(schema))
        return Place(path=path, schema=schema, kinds=known[1], format=known[2], required=required)

    def _kinds_of(self, schema: SchemaOrRef) -> tuple[frozenset[str], str | None]:
        """What values may be, and their format."""
        kinds: set[str] = set()
        format: str | None = None
        for variant in self._shapes.variants(schema):
            match self._shapes.dereferenced(variant).shape:
                case ScalarShape() as scalar:
                    kinds.add(scalar.kind)
                    format = format or scalar.format
                case LiteralShape():
                    kinds.add("literal")
                case ArrayShape(items):
                    kinds.add("array" if len(items) < 2 else "tuple")
                case ObjectShape():
                    kinds.add("object")
                case _:
                    kinds.add("other")
        return frozenset(kinds), format
