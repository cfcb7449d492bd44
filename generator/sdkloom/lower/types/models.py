"""Objects as classes: models for responses, `TypedDict`s for requests."""

from __future__ import annotations

import attrs

from ...document.model import Schema
from ...ir.definitions import Alias, Model, Params
from ...ir.direction import Direction
from ...ir.json_like import JsonLike
from ...ir.types import DictType, NamedType, TypeExpr, TypeName, UnionType
from .examples import example_of_type
from .fields import Fields
from .naming_context import NamingContext
from .shape_kinds import ObjectShape
from .shapes import Resolved
from .type_exprs import OBJECT, TypeExprs

_Key = tuple[int, TypeName, Direction, bool, bool]
"""An inline object by its identity, in a module by the main type of that, and what it is made for."""


class Models:
    """Defines classes for objects."""

    def __init__(self, type_exprs: TypeExprs, fields: Fields) -> None:
        self._type_exprs = type_exprs
        self._fields = fields
        self._begun: dict[_Key, TypeName] = {}
        self._recursive: dict[_Key, TypeName] = {}

    def define(self, resolved: Resolved, shape: ObjectShape, context: NamingContext) -> TypeExpr:
        """Define a class (and its helpers) for `shape` in the module of the context, and return a reference to it.

        Inline objects that hold themselves, directly or through others, are defined once in a module.
        """
        key = (id(shape), context.module.main, context.direction, context.form, context.part)
        if key in self._recursive:
            return NamedType(self._recursive[key])
        if key in self._begun:
            below = list(self._begun)
            self._recursive.update((each, self._begun[each]) for each in below[below.index(key) :])
            return NamedType(self._begun[key])
        name = self._begun[key] = self._type_exprs.reserve_name(context, resolved.keywords)
        if context.direction is Direction.RESPONSE:
            self._model(resolved.keywords, shape, context, name)
        elif shape.extra is None or shape.extra is False:
            self._params(resolved.keywords, shape, context, name)
        else:
            self._open_params(resolved, shape, context, name)
        del self._begun[key]
        return NamedType(name)

    def _model(self, keywords: Schema, shape: ObjectShape, context: NamingContext, name: TypeName) -> None:
        mark = context.module.mark
        model = Model(
            name=name,
            snake_name=context.module.snake_name(name),
            fields=self._fields.of_model(shape, name.name, context),
            doc=keywords.description,
            example=self._example(keywords, shape, context),
            extra=self._extra(shape, name.name, context) if shape.extra not in (None, True, False) else None,
            deprecated=keywords.deprecated,
            pointer=self._type_exprs.pointer_of(keywords, context),
            span=keywords.span,
        )
        context.module.insert(mark, model)

    def _params(
        self,
        keywords: Schema,
        shape: ObjectShape,
        context: NamingContext,
        name: TypeName,
        typed: TypeName | None = None,
    ) -> None:
        """The `TypedDict` called `typed`, or else `name`, which is also what its helpers are named after."""
        mark = context.module.mark
        params = Params(
            name=typed or name,
            fields=self._fields.of_params(shape, name.name, context),
            doc=keywords.description,
            example=self._example(keywords, shape, context),
            deprecated=keywords.deprecated,
            pointer=self._type_exprs.pointer_of(keywords, context),
            span=keywords.span,
        )
        context.module.insert(mark, params)

    def _open_params(self, resolved: Resolved, shape: ObjectShape, context: NamingContext, name: TypeName) -> None:
        """Declared keys and others (`additionalProperties`): a union of a `TypedDict` and a plain dictionary."""
        keywords = resolved.keywords
        typed = context.module.reserve_name(name.name + "Typed", exported=False)
        self._params(attrs.evolve(keywords, description=None, examples=()), shape, context, name, typed)
        members = (NamedType(typed), DictType(self._extra(shape, name.name, context)))
        alias = Alias(
            name=name,
            type=UnionType(members),
            doc=keywords.description,
            example=self._example(keywords, shape, context),
            pointer=self._type_exprs.pointer_of(keywords, context),
            span=keywords.span,
        )
        context.module.append(alias)

    def _example(self, keywords: Schema, shape: ObjectShape, context: NamingContext) -> JsonLike:
        return example_of_type(keywords, shape, self._type_exprs.shapes, context.direction)

    def _extra(self, shape: ObjectShape, owner: str, context: NamingContext) -> TypeExpr:
        if shape.extra is None or isinstance(shape.extra, bool):
            return OBJECT
        return self._type_exprs.of(shape.extra, context.extra(owner))
