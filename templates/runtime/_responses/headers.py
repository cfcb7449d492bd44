"""Headers of responses as models: each field is read from the header of its wire name (OpenAPI 3.1 §4.8.21)."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, Generic, List, Optional, Type, TypeVar, cast, get_args, get_origin

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
    annotation = unwrap(annotation)
    if is_union(annotation):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _value(text, members[0]) if len(members) == 1 else text
    origin = get_origin(annotation)
    if origin in (list, List):
        item = (get_args(annotation) or (str,))[0]
        return [_value(part.strip(), item) for part in text.split(",") if part.strip()]
    for value in listed_values(annotation):
        if not isinstance(value, str) and text == str(value).lower():
            return value
    read = _READERS.get(origin or annotation)
    try:
        return text if read is None else read(text)
    except ValueError:
        return text


def _flag(text: str) -> bool:
    found = {"true": True, "false": False}.get(text.lower())
    if found is None:
        raise ValueError(text)
    return found


def _object(text: str) -> object:
    return cast(object, json.loads(text, **OPTIONS)) if text.startswith("{") else text


_READERS: Dict[Any, Callable[[str], object]] = {int: int, float: float, bool: _flag, dict: _object}
if NUMBERS_ARE_DECIMAL:
    from decimal import Decimal

    from .._structuring.formats import parse_decimal

    _READERS[Decimal] = parse_decimal
