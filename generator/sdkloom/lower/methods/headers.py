"""The headers of responses as models (OpenAPI 3.1 §4.8.21)."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import count

from ...document.model import Header, Operation, Property, Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.types import NamedType, TypeExpr
from ..names import identifiers as names
from ..names.locked_names import below
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.registry import TYPES
from ..types.usage import success_responses

VERBS_OF_HEADERS = frozenset({"head", "options", "trace"})
"""Methods of HTTP whose responses are their headers (RFC 9110 §9.3.2, §9.3.7, §9.3.8), unless content is declared."""

_NOT_HEADERS = frozenset({"content-type"})
"""Declared by the media type instead (OpenAPI 3.1 §4.8.17, `headers`)."""


def gives_headers(operation: Operation) -> bool:
    """Whether a method gives the headers of the response."""
    verb = operation.method.lower()
    has_content = any(response.content for response in success_responses(operation))
    return verb == "head" or (verb in VERBS_OF_HEADERS and not has_content)


class ResponseHeaders:
    """Makes the models of headers. One that several operations declare alike is made once."""

    def __init__(self, builder: TypeBuilder, operations: Iterable[Operation]) -> None:
        self._builder = builder
        self._uses = Counter(schema for operation in operations if (schema := _declared(operation)) is not None)
        self._known: dict[Schema, TypeExpr] = {}
        self._places: dict[str, Schema] = {}

    def of(self, operation: Operation, main: Callable[[], MainType]) -> TypeExpr | None:
        """Return the model of the headers that come with a body; `None` if they are texts, as which httpx has them.

        `main` names it, unless other operations declare the same headers.
        """
        schema = _declared(operation)
        if schema is None or all(self._is_text(prop.schema) for prop in schema.properties):
            return None
        known = self._known.get(schema)
        if known is None:
            known = self._define(schema, operation, self._shared(schema) if self._uses[schema] > 1 else main())
            self._known[schema] = known
        return known

    def alone(self, operation: Operation, main: MainType) -> TypeExpr | None:
        """Return the model of headers that are the whole response; `None` if none are declared."""
        schema = _declared(operation)
        return None if schema is None else self._define(schema, operation, main)

    def _define(self, schema: Schema, operation: Operation, main: MainType) -> TypeExpr:
        context = self._builder.open(main, operation.span, operation.pointer)
        self._builder.define(schema, context, operation.span)
        if self._builder.type_names.reserve_name(main, f"the headers `{main.name.name}`", operation.span):
            self._builder.publish(context.module)
        return NamedType(main.name)

    def _shared(self, schema: Schema) -> MainType:
        """Named after what the names of the headers begin with: `X-RateLimit-Limit` and `X-RateLimit-Remaining`."""
        listed = [_words(prop.name) for prop in schema.properties]
        common = "_".join(os.path.commonprefix(listed)) if len(listed) > 1 else ""
        place = self._place(below("headers", *(prop.name.lower() for prop in schema.properties)), schema)
        wanted = [f"{names.type_name(common)}Headers"] if common else []
        type_names = self._builder.type_names
        name = type_names.name_of(TYPES, Direction.RESPONSE, place, [*wanted, "ResponseHeaders"])
        return MainType(name=name, direction=Direction.RESPONSE, place=place)

    def _place(self, place: str, schema: Schema) -> str:
        """A place that no other headers have: those of the same names may hold other values."""
        places = (place if number == 1 else below(place, str(number)) for number in count(1))
        return next(each for each in places if self._places.setdefault(each, schema) == schema)

    def _is_text(self, schema: SchemaOrRef) -> bool:
        return self._builder.type_exprs.is_text(self._builder.shapes.of(schema).shape)


def _declared(operation: Operation) -> Schema | None:
    """The headers that the successes of an operation declare, as an object."""
    declared = {
        header.name.lower(): header
        for response in reversed(success_responses(operation))
        for header in response.headers
        if header.name.lower() not in _NOT_HEADERS
    }
    return _as_schema(declared.values(), operation) if declared else None


def _words(name: str) -> list[str]:
    """The words of the name of a header, without the `X` that says that it isn't registered (RFC 6648)."""
    return [word for word in names.snake(name).split("_") if word != "x"]


def _as_schema(headers: Iterable[Header], operation: Operation) -> Schema:
    """An object with a property for each header."""
    listed = sorted(headers, key=lambda header: header.name.lower())
    text = Schema(types=("string",), span=operation.span)
    properties = tuple(
        Property(name=header.name, schema=header.schema if header.schema is not None else text, span=header.span)
        for header in listed
    )
    return Schema(types=("object",), properties=properties, pointer=operation.pointer, span=operation.span)
