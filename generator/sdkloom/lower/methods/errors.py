"""The bodies of error responses: which type `error.body` has after a call (OpenAPI 3.1 §4.8.16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import attrs

from ...document.model import Operation, Response, Schema, SchemaOrRef, SchemaRef
from ...ir.direction import Direction
from ...ir.resources import ErrorCase
from ...ir.types import TypeExpr
from ..names import identifiers as names
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.registry import TYPES
from ..types.type_exprs import OBJECT
from ..types.usage import error_responses
from .media_types import json_among

_COMPONENT = "/components/responses/"


class ErrorBodies:
    """Finds the types of error bodies. An inline one that several operations have is made once."""

    def __init__(
        self,
        builder: TypeBuilder,
        typed: Callable[[SchemaOrRef, MainType], TypeExpr],
        operations: Iterable[Operation] | None,
    ) -> None:
        """`typed` makes the type of a schema; without `operations` no body gets a type."""
        self._builder = builder
        self._typed = typed
        self._is_on = operations is not None
        inline = [schema for operation in operations or () for schema in _inline(operation)]
        self._uses = Counter(map(_undescribed, inline))
        self._descriptions = Counter(map(_undescribed, dict.fromkeys(inline)))
        self._known: dict[Schema, TypeExpr] = {}

    def of(self, operation: Operation, main: Callable[[str], MainType]) -> tuple[ErrorCase, ...]:
        """Return the typed bodies by status. `main` gives a name for a word that tells one inline type from others."""
        if not self._is_on:
            return ()
        own: list[TypeExpr] = []
        found: list[ErrorCase] = []
        for response in error_responses(operation):
            schema = _body(response)
            expr = OBJECT if schema is None else self._type(schema, response, main, own)
            found.append(ErrorCase(status=response.status, type=expr, doc=response.description))
        return tuple([case for case in found if case.type != OBJECT or _has_wider(case, found)])

    def _type(
        self, schema: SchemaOrRef, response: Response, main: Callable[[str], MainType], own: list[TypeExpr]
    ) -> TypeExpr:
        if isinstance(schema, SchemaRef):
            return self._typed(schema, main(""))
        alike = _undescribed(schema)
        known = self._known.get(alike)
        if known is None:
            schema = alike if self._descriptions[alike] > 1 else schema
            is_shared = self._uses[alike] > 1 or response.pointer.startswith(_COMPONENT)
            word = f"status_{response.status}" if own else ""
            known = self._typed(schema, self._shared(schema, response) if is_shared else main(word))
            self._known[alike] = known
            own += [] if is_shared else [known]
        return known

    def _shared(self, schema: Schema, response: Response) -> MainType:
        component = response.pointer.partition(_COMPONENT)[2].partition("/")[0]
        title, base = names.type_name(schema.title or ""), names.type_name(component) or "Error"
        place = self._builder.shapes.pointer_of(schema)
        wanted = [*([title] if title else []), f"{title or base}Body"]
        name = self._builder.type_names.name_of(TYPES, Direction.RESPONSE, place, wanted)
        return MainType(name=name, direction=Direction.RESPONSE, place=place)


def _has_wider(case: ErrorCase, cases: Iterable[ErrorCase]) -> bool:
    """Whether a status of whose body nothing is known would otherwise have the type of its range or of all others."""
    wider = {f"{case.status[0]}XX", "default"} - {case.status}
    return any(other.status in wider and other.type != OBJECT for other in cases)


def _inline(operation: Operation) -> Iterator[Schema]:
    """The inline bodies of the errors of an operation, each once."""
    bodies = dict.fromkeys(_body(response) for response in error_responses(operation))
    return (schema for schema in bodies if isinstance(schema, Schema))


def _undescribed(schema: Schema) -> Schema:
    """The schema without what it says of one status: bodies are the same that differ in that only."""
    return attrs.evolve(schema, description=None, examples=())


def _body(response: Response) -> SchemaOrRef | None:
    """The schema of the JSON that an error comes with."""
    media = json_among(media for media in response.content if media.schema is not None)
    return None if media is None else media.schema
