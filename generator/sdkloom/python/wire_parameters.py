"""How calls say the way in which parameters of path, query, headers and cookies are written."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

from ..ir.definitions import Alias, Definitions, EnumClass
from ..ir.resources import HookedMethod, Method, MethodParam, ParamLocation, ParamStyle, Streaming
from ..ir.types import LiteralType, NamedType, Primitive, Scalar, TypeExpr, UnionType, may_be_null
from .imports import Imports
from .literals import literal

ENCODERS = "._request.parameters"
"""The module of the runtime that writes values in the styles of OpenAPI."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_PLAIN = {Primitive.STR, Primitive.INT, Primitive.FLOAT, Primitive.BOOL}


def uses_encoders(method: Method, definitions: Definitions) -> bool:
    """Whether a method has parameters that the encoders write."""
    is_flagged = method.streaming is not None and method.streaming.location is ParamLocation.QUERY
    params = (*method.params, *method.constants)
    return is_flagged or any(param.append or not _is_written_as_is(param, definitions) for param in params)


def query(method: Method, imports: Imports) -> str | None:
    """`encode_query({"limit": limit})`, imported; `None` for a method without a query."""
    params = _of(method, ParamLocation.QUERY)
    flag = method.streaming
    if flag is not None and flag.location is ParamLocation.QUERY:
        before = [param for param in method.params[: method.streaming_position] if param in params]
        params.insert(len(before), _flag(flag))
    return _call("encode_query", params, imports) if params else None


def path(method: Method, imports: Imports, definitions: Definitions) -> str:
    """`"/v1/messages"`, or a call that fills the placeholders."""
    params = _of(method, ParamLocation.PATH)
    template = literal(sent_path(method))
    if not params:
        return template
    if all(_is_written_as_is(param, definitions) for param in params):
        filled = ", ".join(_keyword(param, imports) for param in params)
        return f"{imports.use('._utils', 'format_path')}({template}, {filled})"
    return _call("encode_path", params, imports, template)


def sent_path(method: Method) -> str:
    """The path without what its query has of parameters that are sent in the query anyway: `/pets?name={name}`."""
    bare, _, query = method.path.partition("?")
    filled = {f"{{{param.wire_name}}}" for param in _of(method, ParamLocation.PATH)}
    fixed = [pair for pair in query.split("&") if filled.issuperset(_PLACEHOLDER.findall(pair))]
    return f"{bare}?{'&'.join(fixed)}" if any(fixed) else bare


def headers(method: Method, imports: Imports, definitions: Definitions) -> list[str]:
    """The entries of header and cookie parameters in a dict of headers."""
    params = [param for param in _of(method, ParamLocation.HEADER) if not param.is_content_type]
    plain = [param for param in params if _is_written_as_is(param, definitions)]
    others = [param for param in params if param not in plain]
    cookies = _of(method, ParamLocation.COOKIE)
    found = [_entry(param, imports) for param in plain]
    found += [f"**{_call('header_parameters', others, imports)}"] if others else []
    return found + ([f"**{_call('cookie_parameters', cookies, imports)}"] if cookies else [])


def _flag(flag: Streaming) -> MethodParam:
    """The parameter that asks for a stream."""
    type = Scalar(Primitive.BOOL)
    return MethodParam(name=flag.param, wire_name=flag.wire_name, location=flag.location, type=type, required=False)


def style(style: ParamStyle, imports: Imports) -> str:
    """`Style("deepObject", explode=True)`, imported."""
    flags = ("explode", "allow_reserved", "allow_empty")
    set_flags = [f"{flag}=True" for flag in flags if getattr(style, flag)]
    return f"{imports.use(ENCODERS, 'Style')}({', '.join([literal(style.name), *set_flags])})"


def _of(method: Method | HookedMethod, location: ParamLocation) -> list[MethodParam]:
    constants = method.constants if isinstance(method, Method) else ()
    return [param for param in (*method.params, *constants) if param.location is location]


def _is_written_as_is(param: MethodParam, definitions: Definitions) -> bool:
    """Whether the client needs no encoder: texts in headers, single values in the path, and all that is in the body."""
    match param.location:
        case ParamLocation.BODY:
            return True
        case ParamLocation.PATH:
            return param.style is None and _is_one_of(param.type, _PLAIN, definitions)
        case ParamLocation.HEADER:
            return param.style is None and _is_one_of(param.type, {Primitive.STR}, definitions)
        case _:
            return False


def _is_one_of(type: TypeExpr, primitives: set[Primitive], definitions: Definitions) -> bool:
    match type:
        case Scalar(primitive):
            return primitive in primitives
        case LiteralType(values):
            return Primitive.INT in primitives or all(isinstance(value, str) for value in values)
        case UnionType(members):
            return all(_is_one_of(member, primitives, definitions) for member in members)
        case NamedType(name):
            found = definitions.get(name)
            if isinstance(found, EnumClass):
                return _is_one_of(LiteralType(found.values), primitives, definitions)
            return isinstance(found, Alias) and _is_one_of(found.type, primitives, definitions)
        case _:
            return False


def _call(function: str, params: Iterable[MethodParam], imports: Imports, *before: str) -> str:
    """A call of an encoder with the values, and with the styles that aren't the default."""
    params = list(params)
    styles = [f"{literal(param.wire_name)}: {style(param.style, imports)}" for param in params if param.style]
    entries = [_entry(param, imports) for param in params]
    arguments = [*before, f"{{{', '.join(entries)}}}"]
    arguments += [f"{{{', '.join(styles)}}}"] if styles else []
    needed = tuple(param.wire_name for param in params if not before and _is_needed(param))
    arguments += [f"required={literal(needed)}"] if needed else []
    return f"{imports.use(ENCODERS, function)}({', '.join(arguments)})"


def _is_needed(param: MethodParam) -> bool:
    """Whether `None` is a mistake: nothing would be sent. In the path it always is."""
    return param.required and not may_be_null(param.type) and param.type != Scalar(Primitive.OBJECT)


def value_of(param: MethodParam, imports: Imports) -> str:
    """The value of a parameter: the argument, perhaps with what is always sent, or a constant."""
    if not param.name:
        return literal(param.sample)
    if not param.append:
        return param.name
    return f"{imports.use(ENCODERS, 'with_members')}({param.name}, {literal(param.append)})"


def _entry(param: MethodParam, imports: Imports) -> str:
    return f"{literal(param.wire_name)}: {value_of(param, imports)}"


def _keyword(param: MethodParam, imports: Imports) -> str:
    """`item_id=item_id`; a wire name that is no Python name needs a dict."""
    value = value_of(param, imports)
    if param.wire_name.isidentifier() and not keyword.iskeyword(param.wire_name):
        return f"{param.wire_name}={value}"
    return f"**{{{literal(param.wire_name)}: {value}}}"
