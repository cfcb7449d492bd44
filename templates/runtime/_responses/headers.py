"""Headers of responses as models: each field is read from the header of its wire name (OpenAPI 3.1 §4.8.21)."""

from __future__ import annotations

import contextlib
import json
from typing import Any, Callable, Dict, Generic, List, Optional, Type, TypeVar, get_args, get_origin

from .._converters import NUMBERS_ARE_DECIMAL
from .._lazy import httpx
from .._models import BaseModel
from .._structuring.annotations import is_union, listed_values, unwrap
from .._structuring.model_meta import fields_of
from .._typing import override
from .json import OPTIONS

HeadersT = TypeVar("HeadersT", bound=BaseModel)


def read_headers(headers: httpx.Headers, model: Type[HeadersT]) -> HeadersT:
    """Return headers as a model. One that isn't there stays unset; one that isn't as declared stays a text."""
    values: Dict[str, Any] = {}
    for info in fields_of(model).values():
        text = headers.get(info.wire_name)
        if text is not None:
            values[info.wire_name] = _value(text, info.annotation)
    return model.construct(**values)


class HeadersOf(Generic[HeadersT]):
    """A `cast_to` for responses whose headers are what matters: those of HEAD, OPTIONS and TRACE."""

    def __init__(self, model: Optional[Type[HeadersT]] = None) -> None:
        self._model = model

    @override
    def __repr__(self) -> str:
        return f"HeadersOf({self._model!r})"

    def parse_response(self, response: httpx.Response, *, strict: bool, expects_json: bool) -> Any:
        """Return the headers, as the model if there is one."""
        headers: httpx.Headers = response.headers
        return headers if self._model is None else read_headers(headers, self._model)


def _value(text: str, annotation: Any) -> Any:
    """A value in the style `simple`, or in JSON; the text itself where it is neither."""
    annotation = unwrap(annotation)
    if is_union(annotation):
        return _of_union(text, [member for member in get_args(annotation) if member is not type(None)])
    origin = get_origin(annotation) or annotation
    model: Optional[Type[BaseModel]] = origin if isinstance(origin, type) and issubclass(origin, BaseModel) else None
    if text.startswith(("[", "{")) and (model is not None or origin in (list, dict)):
        with contextlib.suppress(ValueError):
            return json.loads(text, **OPTIONS)
    if origin is list:
        item = (get_args(annotation) or (str,))[0]
        return [_value(part.strip(), item) for part in text.split(",") if part.strip()]
    if origin is dict:
        return _object(text, {}, (get_args(annotation) or (str, str))[1])
    if model is not None:
        return _object(text, {info.wire_name: info.annotation for info in fields_of(model).values()}, str)
    for value in listed_values(annotation):
        if not isinstance(value, str) and text == str(value).lower():
            return value
    read = _READERS.get(origin)
    try:
        return text if read is None else read(text)
    except ValueError:
        return text


def _of_union(text: str, members: List[Any]) -> Any:
    """The value of the first member that isn't a text; where any text is allowed, it stays one."""
    if str in members:
        return text
    values = (_value(text, member) for member in members)
    return next((value for value in values if not isinstance(value, str)), text)


def _object(text: str, declared: Dict[str, Any], other: Any) -> object:
    """An object in the style `simple`: `R=100,G=200`, or `R,100,G,200` where it isn't exploded."""
    parts = [part.strip() for part in text.split(",")]
    pairs = [part.split("=", 1) for part in parts]
    if parts[0] in declared or any(len(pair) == 1 for pair in pairs):
        pairs = [parts[start : start + 2] for start in range(0, len(parts), 2)]
    if len(pairs[-1]) == 1:
        return text
    return {name: _value(value, declared.get(name, other)) for name, value in pairs}


def _flag(text: str) -> bool:
    found = {"true": True, "false": False}.get(text.lower())
    if found is None:
        raise ValueError(text)
    return found


_READERS: Dict[Any, Callable[[str], object]] = {int: int, float: float, bool: _flag}
if NUMBERS_ARE_DECIMAL:
    from decimal import Decimal

    from .._structuring.formats import parse_decimal

    _READERS[Decimal] = parse_decimal
