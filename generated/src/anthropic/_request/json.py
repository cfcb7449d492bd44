"""Request bodies: whatever a caller may pass, as JSON. No type hints are walked."""

from __future__ import annotations

import base64
import enum
import os
import sys
from collections.abc import Mapping
from datetime import date, time, timedelta
from json import JSONEncoder
from typing import Any, Dict, List, Tuple, Type, TypeGuard, Union

from .._converters import NUMBERS_ARE_DECIMAL
from .._files import read_path
from .._structuring.annotations import is_any_iterable, is_dict, is_iterable, is_mapping
from .._structuring.dates import rfc3339
from .._structuring.model_meta import ModelMeta
from .._structuring.unstructure import JSON, escape_surrogates
from .._structuring.validation_error import path_text
from .._types import NotGiven

_Path = Tuple[Union[str, int], ...]
_ATOMS = (str, int, float, bool, type(None))
_Classes = Tuple[Tuple[str, str], ...]
_DECIMAL: _Classes = (("decimal", "Decimal"),)
_NUMBERS: _Classes = _DECIMAL if NUMBERS_ARE_DECIMAL else ()
_TEXTS: _Classes = (("uuid", "UUID"), *_DECIMAL)
"""Classes whose values JSON has as numbers, or only as their text."""
_Encoder: Type[JSONEncoder] = JSONEncoder
if NUMBERS_ARE_DECIMAL:
    from .._structuring.numbers import NumberEncoder

    _Encoder = NumberEncoder
_STRAY_PATH = "the API takes no file here, so a path isn't read; pass `str(path)`, or what the file holds"


def encode_json(body: object, files_in: str | None = None) -> bytes:
    """Return a request body as JSON bytes.

    Models become their set fields, iterables and generators arrays, files and paths and bytes base64, dates ISO text.
    `NOT_GIVEN` at the top is left out.

    Raises:
        TypeError: if a value has no JSON. The text names its path in the body: `messages[0].content`.
        ValueError: for a number that JSON lacks (RFC 8259 §6), a value that contains itself, or absurd depth.
    """
    if is_mapping(body):
        body = {name: value for name, value in body.items() if not isinstance(value, NotGiven)}
    writer = _Writer(body, files_in)
    try:
        encoder = _Encoder(default=writer.default, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        text = encoder.encode(body)  # as httpx writes
    except RecursionError:
        raise ValueError("The request body is nested too deeply.") from None
    except (TypeError, ValueError) as error:
        raise _located(error, body, writer) from None
    try:
        return text.encode()
    except UnicodeEncodeError:
        return escape_surrogates(text).encode()


class _Writer:
    """Makes JSON of what is none, and remembers what one-time iterables held: they can't be asked twice."""

    def __init__(self, body: object, files_in: str | None) -> None:
        self.read: Dict[int, Tuple[object, Any]] = {}
        self._body = body
        self._files_in = files_in

    def default(self, o: Any) -> Any:
        """Return what JSON has instead of a Python object."""
        if isinstance(type(o), ModelMeta):
            return JSON[type(o)](o, JSON)
        if id(o) in self.read:
            return self.read[id(o)][1]
        if _is_path(o):
            return self._file_at(o)
        plain = _plain(o)
        if not isinstance(o, (Mapping, list)):
            self.read[id(o)] = (o, plain)
        return plain

    def _file_at(self, path: os.PathLike[str]) -> str:
        """The content of a file, where the API takes one. Elsewhere nobody may have meant to send it."""
        if self._files_in is None:
            raise TypeError(_STRAY_PATH)
        from .declared_files import declared_files

        if id(path) not in declared_files(self._body, self._files_in, self._known):
            raise TypeError(_STRAY_PATH)
        return base64.b64encode(read_path(path)).decode("ascii")

    def _known(self, value: object) -> object:
        return self.read[id(value)][1] if id(value) in self.read else value


def _plain(value: Any) -> Any:
    if is_mapping(value):
        return dict(value)
    if _is_binary(value):
        return base64.b64encode(value).decode("ascii")
    if hasattr(value, "read"):
        content = value.read()
        return base64.b64encode(content.encode() if isinstance(content, str) else content).decode("ascii")
    if isinstance(value, (date, time)):
        return rfc3339(value)
    if isinstance(value, enum.Enum):
        return value.value
    if _is_one_of(value, _NUMBERS):
        return _number(value)
    if _is_one_of(value, _TEXTS):
        return str(value)
    if isinstance(value, timedelta):
        from .._structuring.formats import duration_text

        return duration_text(value)
    if hasattr(value, "model_dump"):  # a model of pydantic: iterating it would give pairs
        return value.model_dump(mode="json", exclude_unset=True)
    if is_any_iterable(value):
        return list(value)
    raise TypeError(_complaint(value))


def _is_one_of(value: object, classes: _Classes) -> bool:
    """Whether a value is an object of a class. Of a module that nobody imported there are no objects."""
    return any(name in sys.modules and isinstance(value, getattr(sys.modules[name], cls)) for name, cls in classes)


def _number(value: Any) -> float:
    from .._structuring.numbers import json_number

    if not value.is_finite():
        raise ValueError(f"{value} is no JSON number")
    return json_number(value)


def _is_binary(value: object) -> TypeGuard[bytes]:
    return isinstance(value, (bytes, bytearray, memoryview))


def _is_path(value: object) -> TypeGuard[os.PathLike[str]]:
    return isinstance(value, os.PathLike)


def _complaint(value: object) -> str:
    name = type(value).__name__
    if isinstance(value, NotGiven):
        return "NOT_GIVEN can only stand for a whole parameter; leave the key out instead"
    if hasattr(value, "__aiter__"):
        return f"an async iterable ({name}) can't be sent as JSON; collect it into a list first"
    return f"{name} can't be sent as JSON"


def _located(error: Exception, body: object, writer: _Writer) -> Exception:
    """The same kind of error, with the path of the value that caused it."""
    kind = TypeError if isinstance(error, TypeError) else ValueError
    path, message = _find(body, writer, (), [])
    if message is None:
        return kind(str(error))
    return kind(f"{path_text(path)}: {message}" if path else message)


def _find(value: object, writer: _Writer, path: _Path, parents: List[int]) -> Tuple[_Path, Union[str, None]]:
    """The first value that can't be written: its path and what is wrong with it."""
    if isinstance(value, _ATOMS):
        return path, _complaint_about_number(value)
    if id(value) in parents:
        return path, "the value contains itself"
    parents = [*parents, id(value)]
    if is_dict(value):
        for key, item in value.items():
            if not isinstance(key, _ATOMS):
                return path, f"keys must be strings, got {type(key).__name__}"
            found = _find(item, writer, (*path, str(key)), parents)
            if found[1] is not None:
                return found
        return path, None
    if is_iterable(value, (list, tuple)):
        for index, item in enumerate(value):
            found = _find(item, writer, (*path, index), parents)
            if found[1] is not None:
                return found
        return path, None
    try:
        plain = writer.default(value)
    except (TypeError, ValueError) as error:
        return path, str(error)
    return _find(plain, writer, path, parents)


def _complaint_about_number(value: object) -> Union[str, None]:
    if isinstance(value, float) and str(value).lstrip("-") in ("nan", "inf"):
        return f"{value} is no JSON number"
    return None
