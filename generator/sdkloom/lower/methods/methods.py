"""An operation as a method: signature, parameter types, response."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import DeprecatedValuesConfig, MethodConfig, Name
from ...document.model import Operation
from ...document.walk import operation_place
from ...ir.definitions import Alias, Field, Params
from ...ir.direction import Form
from ...ir.resources import BodyKind, DeprecatedValues, Method, MethodParam, ParamLocation, Streaming
from ...ir.symbols import method_symbol
from ...ir.types import LiteralType, NamedType, TypeExpr, TypeName, UnionType
from ..names import identifiers as names
from ..names.locked_names import below
from ..types.builder import TypeBuilder
from ..types.modules import ModuleBuilder
from ..types.naming_context import Place, Root
from ..types.registry import Registry
from ..types.shapes import ScalarShape
from ..types.usage import successes
from .bodies import Bodies, Body
from .parameters import Attributes, Parameters, RawParam, param_path
from .responses import MethodResponses, events_of
from .samples import Samples


class OwnType(enum.Enum):
    """A type that a method has for itself. The value is what its name ends with."""

    PARAMS = "Params"
    RESPONSE = "Response"
    EVENT = "Event"

    @property
    def form(self) -> Form:
        return Form.REQUEST if self is OwnType.PARAMS else Form.RESPONSE

    def path(self, method: str) -> str:
        """Its place in names.lock, with the symbol of the method."""
        return below(method, "event") if self is OwnType.EVENT else method


@attrs.frozen(kw_only=True)
class Scope:
    """The resource of a method, as far as names depend on it."""

    path: tuple[str, ...]
    stem: str
    package: tuple[str, ...]
    ambiguous: frozenset[str] = frozenset()
    """Names that another resource of the package would give too (`PetList` + `Food`, `Pet` + `ListFood`)."""

    def symbol(self, method: str) -> str:
        return method_symbol(self.path, method_name(method))

    def type_names(self, method: str, own: OwnType) -> list[str]:
        """`MessageCreateParams` and `CreateMessageParams`, the better one first."""
        name = names.pascal(method)
        found = [self.stem + name + own.value, name + self.stem + own.value]
        return found[::-1] if self.stem + name in self.ambiguous else found

    def reserve(self, method: str, registry: Registry) -> None:
        """Keep the names of the method's own types for them."""
        for own in OwnType:
            registry.reserve(self.package, own.form, own.path(self.symbol(method)))


def method_name(text: str) -> str:
    return names.attribute(text, names.RESOURCE_MEMBERS)


class Methods:
    def __init__(self, builder: TypeBuilder, client_headers: Iterable[tuple[str, str]], sink: DiagnosticSink) -> None:
        self._builder = builder
        self._sink = sink
        self._client_headers = frozenset(name.lower() for name, _ in client_headers)
        self._bodies = Bodies(builder.shapes, sink)
        self._parameters = Parameters(builder.shapes, builder.fields, builder.ledger, sink)
        self._responses = MethodResponses(builder, sink)
        self._samples = Samples(builder.shapes, builder.fields, sink)

    def lower(self, operation: Operation, config: MethodConfig, scope: Scope) -> Method:
        """The method `config` for `operation`."""
        self._report_losses(operation)
        body = self._bodies.of(operation)
        constant = self._client_headers | {name.lower() for name, _ in config.headers}
        raw = self._parameters.of(operation, body, constant)
        response = self._responses.of(operation, self._root(scope, config, OwnType.RESPONSE))
        stream = self._stream_param(operation, config, raw)
        event = self._responses.event(operation, self._root(scope, config, OwnType.EVENT)) if stream else None
        if stream is not None and event is None:
            self._sink.report(catalog.NO_EVENTS, config.span, name=stream.wire_name)
            stream = None
        plain = [param for param in raw if param is not stream]
        symbol = scope.symbol(config.name)
        attributes = self._parameters.python_names([*plain, stream] if stream else plain, symbol)
        root = self._root(scope, config, OwnType.PARAMS)
        params, params_type = self._params(plain, stream, attributes, body, root, operation)
        whole = next((param.type for param in params if not param.wire_name), None)
        return Method(
            name=method_name(config.name),
            verb=operation.method.lower(),
            path=operation.path,
            params=params,
            streaming=_streaming(stream, attributes, event) if stream and event else None,
            streaming_position=raw.index(stream) if stream else 0,
            body=body.kind,
            body_type=whole if body.whole is not None else None,
            response=response.type,
            response_kind=response.kind,
            params_type=params_type,
            headers=config.headers,
            deprecated_values=deprecated_values(config.deprecated_values, params, self._sink),
            deprecated=operation.deprecated,
            doc=config.doc or _doc(operation),
            returns_doc=response.doc,
            pointer=operation_place(operation),
            span=operation.span,
        )

    def _root(self, scope: Scope, config: MethodConfig, own: OwnType) -> Root:
        path = own.path(scope.symbol(config.name))
        wanted = scope.type_names(config.name, own)
        name = self._builder.registry.name_of(scope.package, own.form, path, wanted)
        return Root(name=name, form=own.form, path=path)

    def _stream_param(self, operation: Operation, config: MethodConfig, raw: list[RawParam]) -> RawParam | None:
        """The boolean of the body that asks for events: the configured one, or `stream` where responses have events."""
        wanted = config.stream_param or Name(text="stream", span=config.span)
        found = next((param for param in raw if param.wire_name == wanted.text and self._is_flag(param)), None)
        if config.stream_param is not None and found is None:
            hint = did_you_mean(wanted.text, [param.wire_name for param in raw])
            self._sink.report(catalog.NO_STREAM_PARAM, wanted.span, name=wanted.text, hint=hint)
        both = any(events_of(response) and len(response.content) > 1 for response in successes(operation))
        return found if config.stream_param is not None or both else None

    def _is_flag(self, param: RawParam) -> bool:
        shape = self._builder.shapes.followed(param.schema).shape
        return param.location is ParamLocation.BODY and isinstance(shape, ScalarShape) and shape.kind == "boolean"

    def _params(
        self,
        plain: list[RawParam],
        stream: RawParam | None,
        attributes: Attributes,
        body: Body,
        own: Root,
        operation: Operation,
    ) -> tuple[tuple[MethodParam, ...], TypeName | None]:
        """The parameters, and the `TypedDict` that holds all but those of the path."""
        place = self._builder.open(own, operation.span, operation_place(operation))
        module, root = place.module, own.name
        inner = attrs.evolve(
            place,
            is_root=False,
            multipart=body.kind is BodyKind.MULTIPART,
            raw=body.kind is BodyKind.BINARY,
        )
        has_dict = stream is not None or any(param.location is not ParamLocation.PATH for param in plain)
        base = module.claim(root.name + "Base" if stream else root.name) if has_dict else root
        mark = module.mark
        params = tuple(self._param(raw, attributes[raw.location, raw.wire_name], root, inner) for raw in plain)
        if not has_dict:
            return params, None
        fields = tuple(_as_field(param) for param in params if param.location is not ParamLocation.PATH)
        module.insert(mark, Params(name=base, fields=fields, pointer=module.pointer, span=operation.span))
        if stream is not None:
            _add_streaming(module, base, attributes[stream.location, stream.wire_name], stream)
        self._builder.registry.claim(own, f"the parameters `{root.name}`", operation.span)
        self._builder.publish(module)
        return params, root

    def _param(self, raw: RawParam, name: str, root: TypeName, place: Place) -> MethodParam:
        own = place.field(root.name, raw.wire_name or "body")
        own = attrs.evolve(own, path=param_path(place.path, raw), of_body=raw.location is ParamLocation.BODY)
        return MethodParam(
            name=name,
            wire_name=raw.wire_name,
            location=raw.location,
            type=self._builder.annotator.annotate(raw.schema, own),
            required=raw.required,
            doc=raw.doc,
            deprecated=raw.deprecated,
            sample=self._samples.of(raw),
            pointer=raw.pointer,
            span=raw.span,
        )

    def _report_losses(self, operation: Operation) -> None:
        for name in operation.callbacks:
            self._sink.report(catalog.CALLBACK, operation.span, name=name)
        if operation.servers:
            self._sink.report(catalog.OWN_SERVER, operation.span)


def _streaming(stream: RawParam, attributes: Attributes, event: TypeExpr) -> Streaming:
    name = attributes[stream.location, stream.wire_name]
    return Streaming(
        param=name,
        wire_name=stream.wire_name,
        item=event,
        doc=stream.doc,
        pointer=stream.pointer,
        span=stream.span,
    )


def _as_field(param: MethodParam) -> Field:
    """The key of a parameter in the `TypedDict` of a method is its Python name: it is unpacked into the call."""
    return Field(
        name=param.name,
        wire_name=param.name,
        type=param.type,
        required=param.required,
        doc=param.doc,
        deprecated=param.deprecated,
        pointer=param.pointer,
        span=param.span,
    )


def _add_streaming(module: ModuleBuilder, base: TypeName, name: str, stream: RawParam) -> None:
    """`…NonStreaming`, `…Streaming`, and the union of the two under the root's name, which isn't in `__all__`."""
    members: list[TypeExpr] = []
    for suffix, value in (("NonStreaming", False), ("Streaming", True)):
        own = module.claim(module.root.name + suffix)
        field = Field(
            name=name,
            wire_name=name,
            type=LiteralType((value,)),
            required=value,
            doc=stream.doc,
            pointer=stream.pointer,
            span=stream.span,
        )
        module.append(Params(name=own, fields=(field,), base=base, pointer=module.pointer, span=module.span))
        members.append(NamedType(own))
    module.append(Alias(name=module.root, type=UnionType(tuple(members)), pointer=module.pointer, span=module.span))


def deprecated_values(
    config: DeprecatedValuesConfig | None, params: Iterable[MethodParam], sink: DiagnosticSink
) -> DeprecatedValues | None:
    """The warning about values, checked against the parameters."""
    if config is None:
        return None
    known = [param.name for param in params]
    if config.param.text not in known:
        hint = did_you_mean(config.param.text, known)
        sink.report(catalog.NO_PARAMETER, config.param.span, name=config.param.text, hint=hint)
        return None
    return DeprecatedValues(
        param=config.param.text, constant=config.constant, values=config.values, message=config.message
    )


def _doc(operation: Operation) -> str | None:
    """Summary and description; only one of them if the description begins with the summary."""
    summary, description = (operation.summary or "").strip(), (operation.description or "").strip()
    if not summary or not description or description.startswith(summary.rstrip(".")):
        return description or summary or None
    return f"{summary}\n\n{description}"
