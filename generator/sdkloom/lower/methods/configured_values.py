"""Values of parameters that sdk.yaml gives: defaults, what is appended, constants."""

from __future__ import annotations

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.parameter_config import ScalarText
from ...ir.resources import MethodParam
from ...ir.types import (
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    UnionType,
    without_null,
)
from .raw_params import RawParam

_PRIMITIVES = {bool: Primitive.BOOL, int: Primitive.INT, float: Primitive.FLOAT, str: Primitive.STR}


def default_of(raw: RawParam, type: TypeExpr, sink: DiagnosticSink) -> ScalarText | None:
    """Return the default of a parameter. One that its type doesn't take is reported."""
    value = raw.rule.default
    if value is not None and not _takes(type, value):
        sink.report(config_catalog.DEFAULT_UNFIT, raw.rule.span, name=raw.wire_name, value=value)
    return value


def appended(raw: RawParam, type: TypeExpr, sink: DiagnosticSink) -> tuple[str, ...]:
    """Return what a parameter always has. One that is no list is reported."""
    inner = without_null(type)
    if raw.rule.append and not isinstance(inner, (ListType, IterableType)):
        sink.report(config_catalog.NO_LIST, raw.rule.span, name=raw.wire_name)
    return raw.rule.append or ()


def check_stream_flag(raw: RawParam, sink: DiagnosticSink) -> None:
    """Report a default of the parameter that asks for a stream: the type of what a call gives depends on it."""
    if raw.rule.default is not None or raw.rule.append:
        sink.report(config_catalog.STREAM_FLAG, raw.rule.span, name=raw.wire_name)


def constant_param(raw: RawParam) -> MethodParam:
    """Return a parameter that no caller gives."""
    value = raw.rule.constant
    return MethodParam(
        name="",
        wire_name=raw.wire_name,
        location=raw.location,
        type=Scalar(Primitive.STR if value is None else _PRIMITIVES[type(value)]),
        required=True,
        style=raw.style,
        sample=value,
        pointer=raw.pointer,
        span=raw.span,
    )


def _takes(type: TypeExpr, value: ScalarText) -> bool:
    match type:
        case OptionalType(inner):
            return _takes(inner, value)
        case UnionType(members):
            return any(_takes(member, value) for member in members)
        case LiteralType(values):
            return value in values
        case Scalar(Primitive.OBJECT):
            return True
        case Scalar(primitive):
            kind = _PRIMITIVES[value.__class__]
            return primitive is kind or (primitive is Primitive.FLOAT and kind is Primitive.INT)
        case NamedType():
            return True
        case _:
            return False
