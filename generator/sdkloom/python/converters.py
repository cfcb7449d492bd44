"""What a module below `_converters/` prints: how each field of a model is read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ..ir.definitions import Alias, Definition, Field, Model, TaggedUnion, TypeModule
from ..ir.types import (
    DictType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)
from .annotations import Annotations
from .imports import Imports, When
from .literals import literal
from .type_modules import Definitions

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_PARSED = {Primitive.FLOAT: "float", Primitive.DATETIME: "datetime", Primitive.DATE: "date"}
"""Scalars that have a function of the runtime; the others are kept as they come."""


def needs_hooks(definition: Definition, definitions: Definitions) -> bool:
    """Models have hooks, and so have the tagged unions of responses."""
    if isinstance(definition, TaggedUnion):
        return any(isinstance(definitions.get(variant.type), Model) for variant in definition.variants)
    return isinstance(definition, Model)


@attrs.frozen(kw_only=True)
class FieldHook:
    """`model.content = array(data["content"], structure_content_block, hooks)`"""

    name: str
    key: str
    required: bool
    value: str
    constant: str | None = None
    """A name of the module that holds the hook: `_MESSAGE_CONTENT: Hook = typed(lambda: List[List[int]])`."""
    annotation: str = ""


@attrs.frozen(kw_only=True)
class FieldDump:
    """One condition of the fast way to write a model, and the entry that it allows."""

    key: str
    condition: str
    value: str

    @property
    def entry(self) -> str:
        return f"{self.key}: {self.value}"


class ConverterPage:
    """The pieces of one module of hooks."""

    def __init__(self, path: tuple[str, ...], module: TypeModule, definitions: Definitions) -> None:
        self.module = module
        self._definitions = definitions
        self._late = {(name.package, name.module) for name in module.late_imports}
        self._own = (module.package, module.name)
        self.imports = Imports(path, _names_taken(module))
        self._annotations = Annotations(self.imports, self.type)

    @property
    def hooked(self) -> list[Definition]:
        return [found for found in self.module.definitions if needs_hooks(found, self._definitions)]

    def type(self, name: TypeName) -> str:
        return self.imports.type(name)

    def structure(self, name: str) -> str:
        """A function of the runtime's `_structuring.combinators`."""
        return self.imports.use("._structuring.combinators", name)

    def unstructure(self, name: str) -> str:
        return self.imports.use("._structuring.unstructure", name)

    def snake(self, definition: Definition) -> str:
        return snake(definition.name.name)

    def constant(self, model: Model) -> str:
        """The module's name for the keys of a model."""
        return f"_{snake(model.name.name).upper()}_FIELDS"

    def is_closed(self, model: Model) -> bool:
        """Whether every key is always there, so that counting them finds unknown ones."""
        return all(field.required for field in model.fields)

    def fields(self, model: Model) -> Iterator[FieldHook]:
        for field in model.fields:
            key = literal(field.wire_name)
            constant = f"_{snake(model.name.name).upper()}_{field.name.upper()}"
            value, annotation = self._value(field, f"data[{key}]", constant)
            if not field.required and field.default is not None and not self._optional(field.type):
                value = f"{self.structure('default')}({value}, {literal(field.default)})"
            yield FieldHook(
                name=field.name,
                key=key,
                required=field.required,
                value=value,
                constant=constant if annotation else None,
                annotation=annotation,
            )

    def dumps(self, model: Model) -> list[FieldDump]:
        """Empty unless every field must be there and be something."""
        if not self.is_closed(model) or any(self._optional(field.type) for field in model.fields):
            return []
        return [self._dump(field) for field in model.fields]

    def tags(self, union: TaggedUnion) -> Iterator[tuple[str, str]]:
        for variant in union.variants:
            yield from ((literal(tag), self.type(variant.type)) for tag in variant.tags)

    def _value(self, field: Field, data: str, constant: str) -> tuple[str, str]:
        """The expression for one value; with an annotation, when the expression is a call of the constant."""
        plain = self._followed(field.type)
        if self._kept(plain):
            return data, ""
        if isinstance(plain, Scalar):
            return f"{self.structure(f'as_{_PARSED[plain.primitive]}')}({data})", ""
        hook = self._hook(plain)
        if hook is not None:
            return f"{hook}({data}, hooks)", ""
        if isinstance(plain, (ListType, DictType)):
            inner = self._followed(plain.item if isinstance(plain, ListType) else plain.value)
            if self._kept(inner):
                return f"{self.structure('copied')}({data})", ""
            hook = self._hook(inner)
            if hook is not None:
                function = self.structure("array" if isinstance(plain, ListType) else "mapping")
                return f"{function}({data}, {hook}, hooks)", ""
        return f"{constant}({data}, hooks)", self._annotations.text(_bare(field.type))

    def _hook(self, type: TypeExpr) -> str | None:
        if isinstance(type, Scalar) and type.primitive in _PARSED:
            return self.structure(f"{_PARSED[type.primitive]}_hook")
        if not isinstance(type, NamedType):
            return None
        definition = self._definitions.get(type.name)
        if isinstance(definition, Model):
            return f"hooks[{self.type(type.name)}]"
        if isinstance(definition, TaggedUnion):
            return self._union_hook(type.name)
        return None

    def _union_hook(self, name: TypeName) -> str:
        function = f"structure_{snake(name.name)}"
        if (name.package, name.module) == self._own:
            return function
        module = "." + ".".join(("_converters", *name.package[1:], name.module))
        when = When.LATE if (name.package, name.module) in self._late else When.RUNTIME
        return self.imports.use(module, function, when)

    def _dump(self, field: Field) -> FieldDump:
        key, value = literal(field.wire_name), f"model.{field.name}"
        plain = self._followed(field.type)
        exact = _exact(plain)
        if exact is not None:
            return FieldDump(key=key, condition=f"type({value}) is {exact}", value=value)
        if plain != Scalar(Primitive.OBJECT) and (self._kept(plain) or plain == Scalar(Primitive.FLOAT)):
            scalars = self.unstructure("SCALARS")
            return FieldDump(key=key, condition=f"type({value}) in {scalars}", value=value)
        dumped = f"{self.unstructure('unstructure')}({value}, hooks)"
        return FieldDump(key=key, condition=f"{value} is not None", value=dumped)

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
            return type.primitive not in _PARSED
        return not isinstance(type, (NamedType, ListType, DictType))


def snake(name: str) -> str:
    """`InputJSONDelta` → `input_json_delta`, for names of functions that belong to a type."""
    return _WORDS.sub("_", name).lower()


def _bare(type: TypeExpr) -> TypeExpr:
    return type.inner if isinstance(type, OptionalType) else type


def _exact(type: TypeExpr) -> str | None:
    """The only class of a value, when there is one and it is no union with others."""
    if isinstance(type, Scalar) and type.primitive in (Primitive.STR, Primitive.INT, Primitive.BOOL):
        return type.primitive.value
    if isinstance(type, LiteralType) and all(isinstance(value, str) for value in type.values):
        return "str"
    return None


def _names_taken(module: TypeModule) -> set[str]:
    taken = {"data", "hooks", "model", "str", "int", "bool", "type"}
    for definition in module.definitions:
        name = snake(definition.name.name)
        taken.update(
            (f"structure_{name}", f"unstructure_{name}", f"_{definition.name.name}", f"_{name.upper()}_FIELDS")
        )
    return taken
