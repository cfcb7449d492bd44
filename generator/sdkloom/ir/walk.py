"""Walks over resources, definitions and type expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from .api import Api
from .definitions import Alias, Definition, EnumClass, Model, Params, TaggedUnion
from .resources import Resource
from .types import (
    DictType,
    IterableType,
    ListType,
    LiteralType,
    LiteralValue,
    NamedType,
    OptionalType,
    TypeExpr,
    TypeName,
    UnionType,
)


def all_resources(resources: Iterable[Resource]) -> Iterator[Resource]:
    """Yield every resource, parents first, in the order of sdk.yaml."""
    for resource in resources:
        yield resource
        yield from all_resources(resource.children)


def resource_module(resource: Resource) -> tuple[str, ...]:
    """Return the module of a resource below `resources`: one with children is a package that holds its module."""
    if not resource.path:
        return ("_client_methods",)  # no resource begins with `_`
    return (*resource.path, resource.path[-1]) if resource.children else resource.path


def all_definitions(api: Api) -> dict[TypeName, Definition]:
    """Return every definition by its full name."""
    return {found.name: found for module in api.type_modules for found in module.definitions}


def all_type_exprs(api: Api) -> Iterator[TypeExpr]:
    """Yield the type expressions of all definitions and methods."""
    for definition in all_definitions(api).values():
        yield from type_exprs_of(definition)
        if isinstance(definition, Model) and definition.extra is not None:
            yield definition.extra
    for method in (method for resource in all_resources(api.resources) for method in resource.methods):
        yield method.response
        yield from (each.type for each in (*method.params, *method.response_cases, *method.errors))
        if method.streaming is not None:
            yield method.streaming.item
    yield from (webhook.type for webhook in api.webhooks)


def named_types(expr: TypeExpr) -> Iterator[TypeName]:
    """Yield the definitions that `expr` names, from left to right."""
    match expr:
        case NamedType(name):
            yield name
        case UnionType(members):
            for member in members:
                yield from named_types(member)
        case ListType(inner) | IterableType(inner) | DictType(inner) | OptionalType(inner):
            yield from named_types(inner)
        case _:
            return


def type_parts(expr: TypeExpr) -> Iterator[TypeExpr]:
    """Yield `expr` and every type expression in it."""
    yield expr
    match expr:
        case UnionType(members):
            for member in members:
                yield from type_parts(member)
        case ListType(inner) | IterableType(inner) | DictType(inner) | OptionalType(inner):
            yield from type_parts(inner)
        case _:
            return


def type_exprs_of(definition: Definition) -> Iterator[TypeExpr]:
    """Yield the type expressions that a definition consists of."""
    match definition:
        case Alias():
            yield definition.type
        case TaggedUnion():
            yield from (NamedType(variant.type) for variant in definition.variants)
        case Model() | Params():
            yield from (field.type for field in definition.fields)
            if isinstance(definition, Params) and definition.base is not None:
                yield NamedType(definition.base)
        case EnumClass():
            return


def replaced(expr: TypeExpr, replace: Callable[[TypeName], TypeExpr | None]) -> TypeExpr:
    """Return `expr` with other expressions in place of some names. `replace` returns `None` for a name that stays."""
    match expr:
        case NamedType(name):
            return replace(name) or expr
        case UnionType(members):
            return UnionType(tuple(replaced(member, replace) for member in members))
        case ListType(item, any_sequence):
            return ListType(replaced(item, replace), any_sequence)
        case IterableType(item):
            return IterableType(replaced(item, replace))
        case DictType(value):
            return DictType(replaced(value, replace))
        case OptionalType(inner):
            return OptionalType(replaced(inner, replace))
        case _:
            return expr


def with_values(expr: TypeExpr, values: tuple[LiteralValue, ...]) -> TypeExpr:
    """Return `expr` with more literal values: in the literal that it has, or in a new one."""
    match expr:
        case LiteralType(known):
            return LiteralType((*known, *values))
        case OptionalType(inner):
            return OptionalType(with_values(inner, values))
        case UnionType(members):
            at = next((i for i, member in enumerate(members) if isinstance(member, LiteralType)), len(members))
            literal = with_values(members[at], values) if at < len(members) else LiteralType(values)
            return UnionType((*members[:at], literal, *members[at + 1 :]))
        case _:
            return UnionType((expr, LiteralType(values)))


def at_import(definition: Definition) -> Iterator[TypeName]:
    """Yield what must exist when the definition is executed: the members of an alias, the base of a class."""
    match definition:
        case Alias():
            yield from named_types(definition.type)
        case TaggedUnion():
            yield from (variant.type for variant in definition.variants)
        case Params():
            yield from () if definition.base is None else (definition.base,)
        case Model() | EnumClass():
            return


def in_annotations(definition: Definition) -> Iterator[TypeName]:
    """Yield what the annotations of a class name. They are evaluated later, if ever."""
    if isinstance(definition, (Model, Params)):
        for field in definition.fields:
            yield from named_types(field.type)
    if isinstance(definition, Model) and definition.extra is not None:
        yield from named_types(definition.extra)


def with_types(definition: Definition, change: Callable[[TypeExpr], TypeExpr]) -> Definition:
    """Return `definition` with every type expression changed."""
    match definition:
        case Alias():
            return attrs.evolve(definition, type=change(definition.type))
        case Model() | Params():
            fields = tuple(attrs.evolve(field, type=change(field.type)) for field in definition.fields)
            return attrs.evolve(definition, fields=fields)
        case TaggedUnion() | EnumClass():
            return definition
