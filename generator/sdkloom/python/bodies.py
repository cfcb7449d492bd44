"""How the body of a method is written: its content type, and the encoder for what isn't plain JSON."""

from __future__ import annotations

from collections.abc import Iterator

from ..ir.resources import BodyFormat, BodyKind, MemberEncoding, Method, ParamLocation
from ..ir.types import Primitive, Scalar, may_be_null
from .imports import Imports
from .literals import literal, mapping
from .wire_parameters import style

JSON_TYPE = "application/json"
_ENCODED = frozenset({BodyKind.MULTIPART, BodyKind.FORM, BodyKind.LINES})


def content_type(method: Method, imports: Imports) -> list[str]:
    """The header `Content-Type`, unless it is that of JSON, or the encoder's business."""
    chosen = next((param for param in method.params if param.is_content_type), None)
    if len(method.body_formats) != 1 or method.body_formats[0].kind in _ENCODED:
        return []
    only = method.body_formats[0]
    if chosen is None and only.kind is BodyKind.JSON and (only.media_type == JSON_TYPE or may_lack_body(method)):
        return []
    value = literal(only.media_type)
    if chosen is not None:
        value = chosen.name if chosen.required else f"{chosen.name} or {value}"
    whole = [param.name for param in method.params if param.location is ParamLocation.BODY and not param.wire_name]
    if whole and only.kind in (BodyKind.BINARY, BodyKind.JSON) and may_lack_body(method):
        given, unset = imports.use("._utils", "is_given"), imports.use("._types", "NOT_GIVEN")
        value = f"({value}) if {given}({whole[0]}) else {unset}"
    return [f"{literal('Content-Type')}: {value}"]


def may_lack_body(method: Method) -> bool:
    """Whether there are calls without a body."""
    return not method.body_required and not any(
        param.required and param.location is ParamLocation.BODY for param in method.params
    )


def encoded_kinds(method: Method) -> set[BodyKind]:
    """The kinds of bodies for which the method has an encoder."""
    kinds = {one.kind for one in method.body_formats}
    type = method.body_type
    if len(kinds) > 1 or (type is not None and (may_be_null(type) or type == Scalar(Primitive.OBJECT))):
        return kinds
    is_typed = any(one.kind is BodyKind.JSON and one.media_type != JSON_TYPE for one in method.body_formats)
    return kinds if is_typed and may_lack_body(method) else kinds & _ENCODED


def encoder(method: Method, files_in: str | None, imports: Imports) -> str | None:
    """What writes the body, where its media type doesn't say it: `Multipart()`; `None` for JSON and for bytes."""
    formats = method.body_formats
    if len(formats) > 1:
        alternatives = imports.use("._request.alternatives", "Alternatives")
        return f"{alternatives}({', '.join(_format(one, files_in, imports) for one in formats)})"
    if not formats or not encoded_kinds(method) - {BodyKind.BINARY}:
        return None
    return _encoder(formats[0], files_in, imports)


def _format(format: BodyFormat, files_in: str | None, imports: Imports) -> str:
    arguments = [_encoder(format, files_in, imports), literal(format.members), literal(format.required)]
    arguments += [literal(format.no_files)] if format.no_files else []
    return f"{imports.use('._request.alternatives', 'Format')}({', '.join(arguments)})"


def _encoder(format: BodyFormat, files_in: str | None, imports: Imports) -> str:
    if format.kind is BodyKind.JSON:
        arguments = [literal(format.media_type)] if format.media_type != JSON_TYPE else []
        arguments += [f"files_in={files_in}"] if files_in is not None else []
        return f"{imports.use('._request.alternatives', 'Json')}({', '.join(arguments)})"
    if format.kind is BodyKind.LINES:
        before = ', before=b"\\x1e"' if format.media_type.endswith("json-seq") else ""
        return f"{imports.use('._request.json_lines', 'JsonLines')}({literal(format.media_type)}{before})"
    name, module = ("Multipart", "multipart") if format.kind is BodyKind.MULTIPART else ("Form", "form")
    members = ", ".join(f"{literal(one.name)}: {_member(one, imports, module)}" for one in format.encodings)
    return f"{imports.use(f'._request.{module}', name)}({f'{{{members}}}' if members else ''})"


def _member(member: MemberEncoding, imports: Imports, module: str) -> str:
    written = style(member.style, imports) if member.style is not None else None
    if module == "form":
        return written or ""
    return f"{imports.use('._request.multipart', 'Part')}({', '.join(_part(member, written))})"


def _part(member: MemberEncoding, written: str | None) -> Iterator[str]:
    if member.content_type is not None:
        yield f"content_type={literal(member.content_type)}"
    if member.headers:
        yield f"headers={mapping(member.headers)}"
    if member.base64:
        yield "base64=True"
    if written is not None:
        yield f"style={written}"
