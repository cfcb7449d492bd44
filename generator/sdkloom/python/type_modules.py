"""What a module below `types/` prints: the pieces of its classes and aliases."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..ir.definitions import (
    Alias,
    Definition,
    Definitions,
    EnumClass,
    EnumMember,
    Field,
    Model,
    Params,
    TaggedUnion,
    TypeModule,
    is_key,
)
from ..ir.limits import Limits
from ..ir.old_names import OldName, OldType
from ..ir.types import DictType, NamedType, OptionalType, TypeExpr, TypeName, may_be_null
from ..ir.walk import named_types, with_values
from .annotations import Annotations
from .defaults import default_text
from .imports import Imports, When
from .literals import literal, mapping
from .remarks import documented

_TYPING = "._typing"
"""Has `Iterable`, of which pydantic makes lists, and `TypedDict` without the import of `typing_extensions`."""


@attrs.frozen(kw_only=True)
class FieldText:
    """One field of a class: `stop_reason: Optional[str] = None` and the docstring below it."""

    name: str
    annotation: str
    value: str | None = None
    doc: str | None = None


@attrs.frozen(kw_only=True)
class Undeclared:
    """`__extra__: Optional[Dict[str, Lid]]`, and the types of the attributes that checkers see."""

    annotation: str
    keys: str
    value: str
    no_field: str


class TypeModulePage:
    """The pieces of one type module, spelled for that module. Its imports are known once the body is printed."""

    def __init__(self, module: TypeModule, definitions: Definitions) -> None:
        self.module = module
        self._definitions = definitions
        self._late = {(name.package, name.module) for name in module.late_imports}
        self._own = (module.package, module.name)
        self._needs_late = any(self._is_late(name) for found in module.definitions for name in _named_by_alias(found))
        self.imports = Imports(module.package, _names_taken(module))
        self._annotations = Annotations(self.imports, self._spell, iterable=_TYPING)

    @property
    def exported(self) -> list[str]:
        """The module's `__all__`."""
        return list(self.module.exports)

    @property
    def first(self) -> list[Definition]:
        """What stands above the late imports. Aliases that need those at import have to stand below."""
        return [found for found in self.module.definitions if not self._needs_late or _is_class(found)]

    @property
    def last(self) -> list[Definition]:
        """What stands below the late imports."""
        return [found for found in self.module.definitions if self._needs_late and not _is_class(found)]

    def doc(self, definition: Definition) -> str | None:
        """What is said about a class or an alias."""
        return documented(definition.doc, example=definition.example)

    def model_fields(self, model: Model) -> Iterator[FieldText]:
        """The fields of a model, in order."""
        for field in model.fields:
            yield FieldText(
                name=field.name,
                annotation=self._field_annotation(field),
                value=self._field_value(field),
                doc=documented(field.doc, example=field.example),
            )

    def undeclared(self, model: Model) -> Undeclared | None:
        """How a model declares the type of undeclared keys, where it has one."""
        if model.extra is None:
            return None
        keys = DictType(model.extra)
        return Undeclared(
            annotation=self._annotations.text(OptionalType(keys)),
            keys=self._annotations.text(keys),
            value=self._annotations.text(model.extra),
            no_field=self.imports.use("._structuring.model_meta", "no_field"),
        )

    def params_fields(self, params: Params) -> list[FieldText]:
        """The keys of a TypedDict that are Python names, old ones last."""
        keys = [
            FieldText(
                name=field.wire_name,
                annotation=self._key_annotation(field, params),
                doc=documented(field.doc, example=field.example, assumed=field.assumed),
            )
            for field in params.fields
            if is_key(field.wire_name)
        ]
        by_name = {field.wire_name: field for field in params.fields}
        return [*keys, *(self._old_field(old, self._key_type(by_name[old.of], params)) for old in params.old_names)]

    def old_fields(self, model: Model) -> list[FieldText]:
        """The attributes of a model that are called otherwise now."""
        by_name = {field.name: field for field in model.fields}
        return [self._old_field(old, self._field_annotation(by_name[old.of])) for old in model.old_names]

    def renamed(self, model: Model) -> str:
        """`{"tokens_in": "input_tokens"}`: old names of fields and those of now."""
        return mapping((old.name, old.of) for old in model.old_names)

    @property
    def no_field(self) -> str:
        """The function by which checkers know an attribute that is no field, imported."""
        return self.imports.use("._structuring.model_meta", "no_field", When.TYPING)

    def init_parameters(self, model: Model) -> Iterator[FieldText]:
        """The constructor of a model whose fields may be given by old names, which is then written out for checkers."""
        left_out = self.imports.use("._deprecated", "LEFT_OUT", When.TYPING)
        renamed = {old.of for old in model.old_names}
        for field in model.fields:
            is_needed = field.required and field.name not in renamed
            value = None if is_needed else left_out
            yield FieldText(name=field.name, annotation=self._field_annotation(field), value=value)
        for old in self.old_fields(model):
            yield attrs.evolve(old, value=left_out)

    def old_name(self, old: OldType) -> str:
        """The type that an old name stands for, as checkers see it."""
        return self._spell(old.of, When.TYPING)

    def odd_keys(self, params: Params) -> list[FieldText]:
        """The keys of a TypedDict that are no Python names, such as `from`: they go to a base in call syntax."""
        return [
            FieldText(name=literal(field.wire_name), annotation=literal(self._key_annotation(field, params)))
            for field in params.fields
            if not is_key(field.wire_name)
        ]

    def keys_base(self, params: Params) -> str:
        """The name of the base that holds the odd keys."""
        return f"_{params.name.name}Keys"

    def class_base(self, params: Params) -> str:
        """What the class of a TypedDict derives from."""
        return self.keys_base(params) if self.odd_keys(params) else self.base(params)

    def base(self, params: Params) -> str:
        """What a TypedDict derives from: another one, or `TypedDict` itself."""
        if params.base is not None:
            return self._spell(params.base)
        return self.imports.use(_TYPING, "TypedDict")

    def union(self, union: TaggedUnion) -> str:
        """`Annotated[Union[TextBlock, ToolUseBlock], Discriminator("type")]`; of request types, the bare union."""
        members = ", ".join(self._at_run_time(NamedType(variant.type)) for variant in union.variants)
        plain = f"{self.imports.typing('Union')}[{members}]" if len(union.variants) > 1 else members
        if not self._responses(union):
            return plain
        arguments = literal(union.property_name)
        if union.explicit:
            arguments += f", {{{', '.join(_tag_entries(union))}}}"
        discriminator = self.imports.use("._models", "Discriminator")
        return f"{self.imports.typing('Annotated')}[{plain}, {discriminator}({arguments})]"

    def enum_base(self, definition: EnumClass) -> str:
        """What an enum class derives from, imported."""
        return self.imports.use("._enums", definition.base)

    def enum_member(self, member: EnumMember) -> str:
        """`RED = "red"`"""
        return f"{member.name} = {literal(member.value)}"

    def alias(self, alias: Alias) -> str:
        """The expression that an alias stands for."""
        return self._at_run_time(alias.type, inside=alias.name, limits=alias.limits)

    def is_bare(self, alias: Alias) -> bool:
        """Whether the alias is another name of a class, which needs no `TypeAlias`."""
        return isinstance(alias.type, NamedType) and alias.type.name != alias.name

    def _field_annotation(self, field: Field) -> str:
        optional = not field.required and field.default is None and not may_be_null(field.type)
        return self._annotations.limited(OptionalType(field.type) if optional else field.type, field.limits)

    def _field_value(self, field: Field) -> str | None:
        default = None if field.required else default_text(field, self._annotations, self._definitions)
        if field.name == field.wire_name:
            return default
        arguments = [] if default is None else [f"default={default}"]
        arguments.append(f"wire_name={literal(field.wire_name)}")
        return f"{self.imports.use('._models', 'field')}({', '.join(arguments)})"

    def _key_annotation(self, field: Field, params: Params) -> str:
        text = self._key_type(field, params)
        is_needed = field.required and all(old.of != field.wire_name for old in params.old_names)
        return f"{self.imports.use(_TYPING, 'Required')}[{text}]" if is_needed else text

    def _key_type(self, field: Field, params: Params) -> str:
        values = tuple(old.value for old in params.old_values if old.param == field.wire_name)
        return self._annotations.limited(with_values(field.type, values) if values else field.type, field.limits)

    def _old_field(self, old: OldName, annotation: str) -> FieldText:
        return FieldText(name=old.name, annotation=annotation, doc=f"Deprecated: use `{old.of}`.")

    def _responses(self, union: TaggedUnion) -> bool:
        return any(isinstance(self._definitions.get(variant.type), Model) for variant in union.variants)

    def _at_run_time(self, type: TypeExpr, inside: TypeName | None = None, limits: Limits = ()) -> str:
        """An annotation that is evaluated when the module is imported: an alias names itself in quotes."""

        def spell(name: TypeName) -> str:
            spelled = self._spell(name)
            return literal(spelled) if name == inside else spelled

        return Annotations(self.imports, spell, iterable=_TYPING).limited(type, limits)

    def _is_late(self, name: TypeName) -> bool:
        return (name.package, name.module) in self._late

    def _spell(self, name: TypeName, when: When = When.RUNTIME) -> str:
        if (name.package, name.module) == self._own:
            return name.name
        if not self._is_late(name):
            return self.imports.type(name, when)
        if isinstance(self._definitions.get(name), (Model, Params, EnumClass)):
            return self.imports.type(name, When.LATE)
        return self.imports.late_module(name)


def _is_class(definition: Definition) -> bool:
    return isinstance(definition, (Model, Params, EnumClass))


def _named_by_alias(definition: Definition) -> tuple[TypeName, ...]:
    """The names that an alias or a union needs when the module is imported."""
    if isinstance(definition, Alias):
        return tuple(named_types(definition.type))
    return tuple(variant.type for variant in definition.variants) if isinstance(definition, TaggedUnion) else ()


def _tag_entries(union: TaggedUnion) -> Iterator[str]:
    for variant in union.variants:
        yield from (f"{literal(tag)}: {literal(variant.type.name)}" for tag in variant.tags)


def _names_taken(module: TypeModule) -> set[str]:
    taken = {definition.name.name for definition in module.definitions}
    taken.update(old.name.name for old in module.old_types)
    for definition in module.definitions:
        if isinstance(definition, (Model, Params)):
            taken.update(field.name for field in definition.fields)
            taken.update(field.wire_name for field in definition.fields)
            taken.update(old.name for old in definition.old_names)
    return taken
