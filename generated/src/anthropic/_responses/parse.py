"""From the body of a response to what was asked for."""

from __future__ import annotations

import types
from typing import Annotated, Any, Tuple, Type, TypeVar, Union, cast, get_args, get_origin

from .._converters import NUMBERS_ARE_DECIMAL
from .._error_mapping import text_of
from .._exceptions import APIResponseValidationError, request_id_of
from .._lazy import httpx
from .._models import BaseModel, set_request_id
from .._request.http_library import classes
from .._structuring.structure import ValidationError, structure
from .._types import NoneType
from .json import loads


def _scalars() -> Tuple[Type[Any], ...]:
    if not NUMBERS_ARE_DECIMAL:
        return (str, int, float, bool)
    from decimal import Decimal

    return (str, int, float, bool, Decimal)


_SCALARS = _scalars()


def parse_body(response: httpx.Response, cast_to: Any, *, strict: bool, expects_json: bool) -> Any:
    """Return the body of a response as `cast_to`.

    With `expects_json` a response that isn't JSON at all is an error also if not `strict`.

    Raises:
        APIResponseValidationError: if the body is not JSON where it should be, or, if `strict`, not as declared.
    """
    if isinstance(cast_to, type) and issubclass(cast_to, BaseModel):
        return _parse_json(response, cast_to, strict=strict, expects_json=expects_json, is_model=True)
    cast_to = strip_annotated(cast_to)
    if cast_to is NoneType or cast_to is None:
        return None
    if hasattr(cast_to, "parse_response"):
        return cast_to.parse_response(response, strict=strict, expects_json=expects_json)
    if expects_json and _is_json(response):
        return _parse_json(response, cast_to, strict=strict, expects_json=expects_json, is_model=False)
    if cast_to is str:
        return text_of(response)
    if cast_to is bytes:
        return response.content
    if cast_to in _SCALARS:
        return _parse_scalar(response, cast_to)
    check_cast_to(cast_to)
    if hasattr(cast_to, "build"):
        return cast_to.build(
            response=response, data=_json_or_text(response, strict=strict, expects_json=expects_json)[0]
        )
    return _parse_json(response, cast_to, strict=strict, expects_json=expects_json, is_model=_has_model(cast_to))


def _parse_json(response: httpx.Response, cast_to: Any, *, strict: bool, expects_json: bool, is_model: bool) -> Any:
    data, is_json = _json_or_text(response, strict=strict, expects_json=expects_json, try_json=is_model)
    if not is_json or data is None or cast_to is object or cast_to is Any:
        return data
    try:
        result = structure(data, cast_to, strict=strict)
    except (ValidationError, RecursionError) as error:
        message = f"Data returned by API invalid for expected schema. {error}" if str(error) else None
        raise APIResponseValidationError(response, data, message=message) from error
    if isinstance(result, BaseModel):
        set_request_id(result, request_id_of(response))
    return result


def _json_or_text(
    response: httpx.Response, *, strict: bool, expects_json: bool, try_json: bool = True
) -> Tuple[Any, bool]:
    if _is_json(response):
        try:
            return loads(response.content), True
        except ValueError as error:
            if _has_no_body(response):
                return None, True
            message = f"The response is not valid JSON: {error}"
            raise APIResponseValidationError(response, text_of(response), message=message) from error
    if _has_no_body(response):
        return None, True
    if try_json:
        try:
            return loads(response.content), True
        except ValueError as error:
            reason: Exception | None = error
    else:
        reason = None
    if strict or expects_json:
        media_type = media_type_of(response)
        message = f"Expected Content-Type response header to be `application/json` but received `{media_type}` instead."
        raise APIResponseValidationError(response, text_of(response), message=message) from reason
    return text_of(response), False


def _has_no_body(response: httpx.Response) -> bool:
    """Whether the status says that nothing comes: RFC 9110 §15.3.5, §15.3.6, §15.4.5."""
    return response.status_code in (204, 205, 304)


def media_type_of(response: httpx.Response) -> str:
    """Return the media type that a response says it has, without parameters; `*` if it says nothing."""
    kind: str = response.headers.get("content-type", "*")
    return kind.partition(";")[0].strip().lower()


def is_json_type(kind: str) -> bool:
    """Whether a media type is JSON: RFC 6839 §3.1."""
    return kind == "application/json" or kind.endswith("+json")


def _is_json(response: httpx.Response) -> bool:
    return is_json_type(media_type_of(response))


def _parse_scalar(response: httpx.Response, cast_to: Type[Any]) -> Any:
    text = text_of(response)
    try:
        return text.strip().lower() == "true" if cast_to is bool else cast_to(text)
    except (ValueError, ArithmeticError) as error:
        message = f"Expected {'an' if cast_to is int else 'a'} {cast_to.__name__}, but the response is other text."
        raise APIResponseValidationError(response, text, message=message) from error


def check_cast_to(cast_to: Any) -> None:
    """Refuse types that no response can become.

    Raises:
        RuntimeError: for a type of no known kind.
        TypeError: for a model of pydantic.
        ValueError: for a subclass of `httpx.Response`.
    """
    origin = get_origin(cast_to)
    if origin in (list, dict, Union, types.UnionType) or cast_to in (object, Any, list, dict):
        return
    if isinstance(cast_to, type):
        cls: Type[Any] = cast_to
        if issubclass(cls, classes("Response")):
            raise ValueError("Subclasses of httpx.Response can't be given as `cast_to`.")
        if issubclass(cls, BaseModel) or hasattr(cls, "build"):
            return
        if _is_foreign_pydantic(cls):
            from .._public import PACKAGE

            raise TypeError(
                f"Pydantic models must subclass our base model type, e.g. `from {PACKAGE} import BaseModel`"
            )
    raise RuntimeError(
        f"Unsupported type, expected {cast_to} to be a subclass of BaseModel, a list, a dict, a Union, NoneType, str, "
        "bytes, int, float, object or httpx.Response."
    )


def _is_foreign_pydantic(cast_to: Type[Any]) -> bool:
    return any(base.__module__.partition(".")[0] == "pydantic" for base in cast_to.__mro__)


def strip_annotated(annotation: Any) -> Any:
    """Return `X` of `Annotated[X, …]`, unless the mark matters for decoding: unions keep their discriminator."""
    if get_origin(annotation) is Annotated:
        inner = get_args(annotation)[0]
        return annotation if get_origin(inner) in (Union, types.UnionType) else strip_annotated(inner)
    return annotation


def _has_model(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, BaseModel)
    if get_origin(annotation) in (Union, types.UnionType, Annotated):
        return any(_has_model(argument) for argument in get_args(annotation))
    return False


def type_argument(owner: Any, generic: Tuple[Any, ...]) -> Any:
    """Return `X` of `Stream[X]`, also for `class Mine(Stream[X])` and subclasses that leave it open; `None` if none."""
    origin = get_origin(owner)
    if origin in generic:
        return get_args(owner)[0]
    for base in cast(Tuple[Any, ...], getattr(origin or owner, "__orig_bases__", ())):
        found = type_argument(base, generic)
        if found is not None:
            return get_args(owner)[0] if isinstance(found, TypeVar) and get_args(owner) else found
    return None
