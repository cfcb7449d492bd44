"""The parameters of a method with their types, and the `TypedDict` that holds them."""

from __future__ import annotations

import attrs

from ...diagnostics.model import DiagnosticSink
from ...document.model import Operation
from ...document.pointers import operation_pointer
from ...ir.definitions import Alias, Field, Params
from ...ir.direction import Direction
from ...ir.json_like import JsonLike
from ...ir.resources import BodyKind, MethodParam, ParamLocation, is_content_type
from ...ir.types import FileType, LiteralType, NamedType, TypeExpr, TypeName, UnionType, without_null
from ..types.builder import TypeBuilder
from ..types.examples import assumed_of, example_of
from ..types.modules import ModuleBuilder
from ..types.naming_context import MainType, NamingContext
from ..types.type_exprs import union
from .bodies import Body
from .configured_values import appended, default_of
from .parameters import Attributes
from .raw_params import RawParam, param_place
from .samples import Samples


class MethodParams:
    """Makes the parameters of methods."""

    def __init__(self, builder: TypeBuilder, sink: DiagnosticSink) -> None:
        self._builder = builder
        self._sink = sink
        self._samples = Samples(builder.shapes, builder.discriminators, sink)

    def of(
        self,
        plain: list[RawParam],
        stream: RawParam | None,
        attributes: Attributes,
        body: Body,
        main: MainType,
        operation: Operation,
    ) -> tuple[tuple[MethodParam, ...], TypeName | None]:
        """The parameters, and the `TypedDict` that holds all but the positional ones."""
        context = self._builder.open(main, operation.span, operation_pointer(operation))
        module, name = context.module, main.name
        inner = attrs.evolve(
            context,
            is_main=False,
            form=body.kind is BodyKind.MULTIPART,
            binary_body=body.kind is BodyKind.BINARY,
        )
        has_dict = stream is not None or any(not param.positional for param in plain)
        base = module.reserve_name(name.name + "Base" if stream else name.name) if has_dict else name
        mark = module.mark
        params = tuple(self._param(raw, attributes[raw.location, raw.wire_name], name, inner) for raw in plain)
        if not has_dict:
            self._builder.keep(module)
            return params, None
        fields = tuple(_as_field(param) for param in params if not param.positional)
        module.insert(mark, Params(name=base, fields=fields, pointer=module.pointer, span=operation.span))
        if stream is not None:
            _add_streaming(module, base, attributes[stream.location, stream.wire_name], stream)
        self._builder.type_names.reserve_name(main, f"the parameters `{name.name}`", operation.span)
        self._builder.publish(module)
        return params, name

    def _param(self, raw: RawParam, name: str, owner: TypeName, context: NamingContext) -> MethodParam:
        field = context.field(owner.name, raw.wire_name or "body")
        inner = attrs.evolve(field, place=param_place(context.place, raw))
        type = self._type(raw, inner)
        type = without_null(type) if raw.location is ParamLocation.PATH else type  # a path has no way to say null
        return MethodParam(
            name=name,
            wire_name=raw.wire_name,
            location=raw.location,
            type=type,
            required=raw.required,
            positional=raw.positional,
            style=raw.style,
            default=default_of(raw, type, self._sink),
            append=appended(raw, type, self._sink),
            doc=raw.doc,
            example=self._example(raw, type),
            assumed=self._assumed(raw),
            limits=self._builder.type_exprs.limits(raw.schema, type),
            deprecated=raw.deprecated,
            sample=self._samples.of(raw),
            pointer=raw.pointer,
            span=raw.span,
        )

    def _example(self, raw: RawParam, type: TypeExpr) -> JsonLike:
        if isinstance(type, FileType) or is_content_type(raw.location, raw.wire_name):
            return None
        return example_of(raw.schema, self._builder.shapes, Direction.REQUEST, raw.examples)

    def _assumed(self, raw: RawParam) -> JsonLike:
        """The default of the document, where a call may lack the parameter and sdk.yaml has no default for it."""
        if raw.required or raw.rule.default is not None:
            return None
        return assumed_of(raw.schema, self._builder.shapes, Direction.REQUEST)

    def _type(self, raw: RawParam, context: NamingContext) -> TypeExpr:
        """The type of a member of the body takes what any of its media types does."""
        type_of = self._builder.type_exprs.of
        if not raw.wire_name:
            whole = type_of(raw.schema, attrs.evolve(context, form=context.part, part=False))
            as_form = attrs.evolve(context, form=True, part=False)
            return whole if raw.part is None else union([whole, type_of(raw.part, as_form)])
        found: list[TypeExpr] = []
        if raw.part is not raw.schema:
            found.append(type_of(raw.schema, attrs.evolve(context, part=False)))
        if raw.part is not None:
            found.append(type_of(raw.part, attrs.evolve(context, part=True)))
        return union(found)


def _as_field(param: MethodParam) -> Field:
    """The key of a parameter in the `TypedDict` of a method is its Python name: it is unpacked into the call."""
    return Field(
        name=param.name,
        wire_name=param.name,
        type=param.type,
        required=param.required,
        doc=param.doc,
        example=param.example,
        assumed=param.assumed,
        limits=param.limits,
        deprecated=param.deprecated,
        pointer=param.pointer,
        span=param.span,
    )


def _add_streaming(module: ModuleBuilder, base: TypeName, param: str, stream: RawParam) -> None:
    """`…NonStreaming`, `…Streaming`, and the union of the two as the main type, which isn't in `__all__`."""
    members: list[TypeExpr] = []
    for suffix, value in (("NonStreaming", False), ("Streaming", True)):
        name = module.reserve_name(module.main.name + suffix)
        field = Field(
            name=param,
            wire_name=param,
            type=LiteralType((value,)),
            required=value,
            doc=stream.doc,
            pointer=stream.pointer,
            span=stream.span,
        )
        module.append(Params(name=name, fields=(field,), base=base, pointer=module.pointer, span=module.span))
        members.append(NamedType(name))
    module.append(Alias(name=module.main, type=UnionType(tuple(members)), pointer=module.pointer, span=module.span))
