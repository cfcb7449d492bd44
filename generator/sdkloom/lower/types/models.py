"""Objects as classes: models for responses, `TypedDict`s for requests."""

from __future__ import annotations

import attrs

from ...document.model import Schema
from ...ir.definitions import Alias, Model, Params
from ...ir.direction import Direction
from ...ir.types import DictType, NamedType, TypeExpr, TypeName, UnionType
from .fields import Fields
from .naming_context import Place
from .shapes import ObjectShape, Resolved
from .type_exprs import OBJECT, Annotator


class Models:
    """Defines a class for an object at a place."""

    def __init__(self, annotator: Annotator, fields: Fields) -> None:
        self._annotator = annotator
        self._fields = fields

    def define(self, resolved: Resolved, shape: ObjectShape, place: Place) -> TypeExpr:
        """The class (and its helpers) for `shape`; gives a reference to it."""
        if place.direction is Direction.RESPONSE:
            return NamedType(self._model(resolved.notes, shape, place))
        if shape.extra is None or shape.extra is False:
            name = self._annotator.claim(place, resolved.notes.span)
            self._params(resolved.notes, shape, place, name)
            return NamedType(name)
        return NamedType(self._open_params(resolved, shape, place))

    def _model(self, notes: Schema, shape: ObjectShape, place: Place) -> TypeName:
        name = self._annotator.claim(place, notes.span)
        mark = place.module.mark
        model = Model(
            name=name,
            fields=self._fields.of_model(shape, name.name, place),
            doc=notes.description,
            extra=self._extra(shape, name.name, place) if shape.extra not in (None, True, False) else None,
            deprecated=notes.deprecated,
            pointer=self._annotator.pointer(notes, place),
            span=notes.span,
        )
        place.module.insert(mark, model)
        return name

    def _params(
        self, notes: Schema, shape: ObjectShape, place: Place, name: TypeName, typed: TypeName | None = None
    ) -> None:
        """The `TypedDict` called `typed`, or else `name`, which is also what its helpers are named after."""
        mark = place.module.mark
        params = Params(
            name=typed or name,
            fields=self._fields.of_params(shape, name.name, place),
            doc=notes.description,
            deprecated=notes.deprecated,
            pointer=self._annotator.pointer(notes, place),
            span=notes.span,
        )
        place.module.insert(mark, params)

    def _open_params(self, resolved: Resolved, shape: ObjectShape, place: Place) -> TypeName:
        """Declared keys and any others: a union of a `TypedDict` and a plain dictionary."""
        notes = resolved.notes
        name = self._annotator.claim(place, notes.span)
        typed = place.module.claim(name.name + "Typed", exported=False)
        self._params(attrs.evolve(notes, description=None), shape, place, name, typed)
        members = (NamedType(typed), DictType(self._extra(shape, name.name, place)))
        alias = Alias(
            name=name,
            type=UnionType(members),
            doc=notes.description,
            pointer=self._annotator.pointer(notes, place),
            span=notes.span,
        )
        place.module.append(alias)
        return name

    def _extra(self, shape: ObjectShape, owner: str, place: Place) -> TypeExpr:
        if shape.extra is None or isinstance(shape.extra, bool):
            return OBJECT
        return self._annotator.annotate(shape.extra, place.extra(owner))
