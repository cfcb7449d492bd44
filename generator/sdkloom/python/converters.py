"""What a module below `_converters/` prints: how each field of a model is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Union

import attrs

from ..ir.api import Api
from ..ir.definitions import Alias, Definitions, Field, Model, TaggedUnion, TypeModule
from ..ir.types import (
    DictType,
    ListType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
    without_null,
)
from ..ir.walk import all_type_exprs, type_parts
from .annotations import Annotations
from .defaults import default_text
from .imports import Imports, When
from .literals import literal, set_literal

_PARSED = {Primitive.FLOAT: "float", Primitive.DATETIME: "datetime", Primitive.DATE: "date"}
"""Scalars that have functions in the runtime's `combinators`: `as_float` for a value, `float_hook` for elements."""

_FORMATS = {
    Primitive.TIME: "time_hook",
    Primitive.DURATION: "duration_hook",
    Primitive.UUID: "uuid_hook",
    **dict.fromkeys((Primitive.DECIMAL, Primitive.NUMBER), "decimal_hook"),
    Primitive.BASE64: "base64_hook",
}
"""Those that have a hook in the runtime's `formats`. All others are kept as they come."""

EXTRA = "__extra__"
"""Stands for the undeclared keys where a field's name would; no field is called so."""

Hooked = Union[Model, TaggedUnion]

_MANY_FIELDS = 100
"""A model with more is read in pieces: checkers give up on longer functions (pyright from about 140 conditions on)."""


def hooked(module: TypeModule, definitions: Definitions) -> list[Hooked]:
    """The definitions of a module that have hooks: its models, and the tagged unions of responses."""
    return [
        found
        for found in module.definitions
        if isinstance(found, Model)
        or (
            isinstance(found, TaggedUnion)
            and any(isinstance(definitions.get(variant.type), Model) for variant in found.variants)
        )
    ]


@attrs.frozen(kw_only=True)
class FieldHook:
    """How one field is read: `model.content = array(data["content"], structure_content_block, hooks)`.

    `value` is the expression; a field with `required=False` is read only if its key is there.
    """

    name: str
    key: str
    required: bool
    value: str
    constant: str | None = None
    """A name of the module that holds the hook: `_MESSAGE_CONTENT: Hook = typed(lambda: List[List[int]])`."""
    annotation: str = ""


@attrs.frozen(kw_only=True)
class FieldsPiece:
    """A function that reads some of the fields of a large model."""

    name: str
    fields: list[FieldHook]


@attrs.frozen(kw_only=True)
class ModelHooks:
    """The hooks of a model. `type` is how the module spells the class; the other names are the module's own."""

    type: str
    name: str
    """What the docstrings call the model."""
    twin: str
    structure: str
    keys_constant: str
    keys: str
    """The set of declared keys, as the argument of `frozenset`."""
    fields: list[FieldHook]
    pieces: list[FieldsPiece]
    """All of `fields`, if they are too many for one function."""
    extra: str
    """The expression for the undeclared keys."""
    constants: list[FieldHook]
    """Those of `fields` and of the undeclared keys that need a constant."""


@attrs.frozen(kw_only=True)
class UnionHook:
    """The structure hook of a tagged union: a table of tags and classes."""

    structure: str
    property_name: str
    tags: list[tuple[str, str]]


@attrs.frozen(kw_only=True)
class ConvertersPage:
    """What the package of all hooks says."""

    bytes_are_base64: bool
    numbers_are_decimal: bool

    @classmethod
    def of(cls, api: Api) -> ConvertersPage:
        """The page of an SDK."""
        parts = {part for type in all_type_exprs(api) for part in type_parts(type) if isinstance(part, Scalar)}
        return cls(
            bytes_are_base64=Scalar(Primitive.BASE64) in parts, numbers_are_decimal=Scalar(Primitive.NUMBER) in parts
        )


class ConverterPage:
    """The pieces of one module of hooks."""

    def __init__(self, path: tuple[str, ...], module: TypeModule, definitions: Definitions) -> None:
        self._definitions = definitions
        self._late = {(name.package, name.module) for name in module.late_imports}
        self._own = (module.package, module.name)
        self._hooked = hooked(module, definitions)
        self._constants = _constants(found for found in self._hooked if isinstance(found, Model))
        self.imports = Imports(path, _names_taken(self._hooked) | set(self._constants.values()))
        self._annotations = Annotations(self.imports, self.imports.type)

    @property
    def hooks(self) -> Iterator[ModelHooks | UnionHook]:
        """The hooks of each model and union, in the order of the types."""
        for found in self._hooked:
            yield self._model(found) if isinstance(found, Model) else self._union(found)

    def structuring(self, name: str) -> str:
        """A name of the runtime's `_structuring.combinators`, imported."""
        return self.imports.use("._structuring.combinators", name)

    def _model(self, model: Model) -> ModelHooks:
        fields = [self._field(field, model) for field in model.fields]
        keys_constant = self._constants[model.name, ""]
        undeclared = self._undeclared(model, f"{self.structuring('unknown_keys')}(data, {keys_constant})")
        extra = undeclared.value
        is_closed = all(field.required for field in model.fields)  # then counting the keys finds unknown ones
        return ModelHooks(
            type=self.imports.type(model.name),
            name=model.name.name,
            twin=_twin(model),
            structure=_structure(model),
            keys_constant=keys_constant,
            keys=set_literal(field.wire_name for field in model.fields),
            fields=fields,
            pieces=_pieces(model, fields),
            extra=f"None if len(data) == {len(fields)} else {extra}" if is_closed else extra,
            constants=[field for field in (*fields, undeclared) if field.constant],
        )

    def _undeclared(self, model: Model, data: str) -> FieldHook:
        """How the undeclared keys are read."""
        if model.extra is None or self._kept(self._followed(model.extra)):
            return FieldHook(name="", key="", required=False, value=data)
        type, constant = DictType(model.extra), self._constants[model.name, EXTRA]
        value, annotation = self._value(type, data, constant)
        constant_or_none = constant if annotation else None
        return FieldHook(name="", key="", required=False, value=value, constant=constant_or_none, annotation=annotation)

    def _union(self, union: TaggedUnion) -> UnionHook:
        return UnionHook(
            structure=_structure(union),
            property_name=literal(union.property_name),
            tags=[
                (literal(tag), self.imports.type(variant.type)) for variant in union.variants for tag in variant.tags
            ],
        )

    def _field(self, field: Field, model: Model) -> FieldHook:
        key = literal(field.wire_name)
        constant = self._constants[model.name, field.name]
        value, annotation = self._value(field.type, f"data[{key}]", constant)
        if not field.required and field.default is not None and not self._optional(field.type):
            fallback = default_text(field, self._annotations, self._definitions)
            value = f"{self.structuring('default')}({value}, {fallback})"
        return FieldHook(
            name=field.name,
            key=key,
            required=field.required,
            value=value,
            constant=constant if annotation else None,
            annotation=annotation,
        )

    def _value(self, type: TypeExpr, data: str, constant: str) -> tuple[str, str]:
        """The expression for one value; with an annotation, when the expression is a call of the constant."""
        plain = self._followed(type)
        if self._kept(plain):
            return data, ""
        if isinstance(plain, Scalar) and plain.primitive in _PARSED:
            return f"{self.structuring(f'as_{_PARSED[plain.primitive]}')}({data})", ""
        hook = self._hook(plain)
        if hook is not None:
            return f"{hook}({data}, hooks)", ""
        if isinstance(plain, (ListType, DictType)):
            inner = self._followed(plain.item if isinstance(plain, ListType) else plain.value)
            if self._kept(inner):
                return f"{self.structuring('copied')}({data})", ""
            hook = self._hook(inner)
            if hook is not None:
                function = self.structuring("array" if isinstance(plain, ListType) else "mapping")
                return f"{function}({data}, {hook}, hooks)", ""
        return f"{constant}({data}, hooks)", self._annotations.text(without_null(type))

    def _hook(self, type: TypeExpr) -> str | None:
        if isinstance(type, Scalar) and type.primitive in _PARSED:
            return self.structuring(f"{_PARSED[type.primitive]}_hook")
        if isinstance(type, Scalar) and type.primitive in _FORMATS:
            return self.imports.use("._structuring.formats", _FORMATS[type.primitive])
        if not isinstance(type, NamedType):
            return None
        definition = self._definitions.get(type.name)
        if isinstance(definition, Model):
            return f"hooks[{self.imports.type(type.name)}]"
        if isinstance(definition, TaggedUnion):
            return self._union_hook(definition)
        return None

    def _union_hook(self, union: TaggedUnion) -> str:
        name, function = union.name, _structure(union)
        if (name.package, name.module) == self._own:
            return function
        module = "." + ".".join(("_converters", *name.package[1:], name.module))
        when = When.LATE if (name.package, name.module) in self._late else When.RUNTIME
        return self.imports.use(module, function, when)

    def _followed(self, type: TypeExpr, seen: tuple[TypeName, ...] = ()) -> TypeExpr:
        """`type` without `Optional`, and with aliases replaced by what they stand for."""
        if isinstance(type, OptionalType):
            return self._followed(type.inner, seen)
        if isinstance(type, NamedType) and type.name not in seen:
            definition = self._definitions.get(type.name)
            if isinstance(definition, Alias):
                return self._followed(definition.type, (*seen, type.name))
        return type

    def _optional(self, type: TypeExpr) -> bool:
        if isinstance(type, NamedType):
            definition = self._definitions.get(type.name)
            return isinstance(definition, Alias) and definition.type != type and self._optional(definition.type)
        return isinstance(type, OptionalType)

    def _kept(self, type: TypeExpr) -> bool:
        """Whether values are kept as they come: scalars that JSON has, literals, anything."""
        if isinstance(type, UnionType):
            return all(self._kept(self._followed(member)) for member in type.members)
        if isinstance(type, Scalar):
            return type.primitive not in _PARSED and type.primitive not in _FORMATS
        return not isinstance(type, (NamedType, ListType, DictType))


def _structure(definition: Hooked) -> str:
    return f"structure_{definition.snake_name}"


def _twin(definition: Hooked) -> str:
    return f"_{definition.name.name}"


def _pieces(model: Model, fields: list[FieldHook]) -> list[FieldsPiece]:
    if len(fields) <= _MANY_FIELDS:
        return []
    starts = range(0, len(fields), _MANY_FIELDS)
    return [
        FieldsPiece(name=f"_fill_{model.snake_name}_{number}", fields=fields[start : start + _MANY_FIELDS])
        for number, start in enumerate(starts, 1)
    ]


def _constants(models: Iterable[Model]) -> dict[tuple[TypeName, str], str]:
    """A constant for the keys of each model, by its name and `""`, and one for each of its fields."""
    listed = list(models)
    wanted = {(model.name, ""): f"_{model.snake_name}_fields" for model in listed}
    wanted |= {
        (model.name, field.name): f"_{model.snake_name}_{field.name}" for model in listed for field in model.fields
    }
    wanted |= {(model.name, EXTRA): f"_{model.snake_name}_undeclared" for model in listed if model.extra is not None}
    made: dict[tuple[TypeName, str], str] = {}
    taken: set[str] = set()
    for key, name in wanted.items():
        while name.upper() in taken:
            name += "_"
        made[key] = name.upper()
        taken.add(name.upper())
    return made


def _names_taken(hooked: Iterable[Hooked]) -> set[str]:
    names = {name for found in hooked for name in (_structure(found), _twin(found))}
    return names | {"data", "hooks", "model", "str", "int", "bool", "type"}
