"""Files in multipart requests: RFC 7578."""

from __future__ import annotations

import io
import os
from typing import Any, List, Mapping, Tuple, cast

from ._public import public
from ._types import FileTypes, RequestFiles


@public
def file_from_path(path: str) -> FileTypes:
    """Return the name and the content of a file, as `files=` takes them."""
    return os.path.basename(path), read_path(path)


def read_path(path: str | os.PathLike[str]) -> bytes:
    """Return the content of a file."""
    with open(path, "rb") as file:
        return file.read()


def read_files(files: RequestFiles | None) -> List[Tuple[str, Any]]:
    """Return the files as httpx wants them, in a form that can be sent more than once.

    Paths are read. So are objects that can't be rewound, or a second attempt would send the rest of them.
    """
    if not files:
        return []
    pairs = list(files.items()) if isinstance(files, Mapping) else list(files)
    return [(name, _readable(f"files[{name!r}]", value)) for name, value in pairs]


def _readable(where: str, value: FileTypes) -> Any:
    if isinstance(value, tuple):
        name, content, *rest = cast("Tuple[Any, ...]", value)
        return (name or _name_of(content), _content(where, content), *rest)
    if isinstance(value, os.PathLike):
        return _name_of(value), _content(where, value)
    return _content(where, value)


def _content(where: str, content: object) -> Any:
    if isinstance(content, os.PathLike):
        return read_path(cast("os.PathLike[str]", content))
    if isinstance(content, (bytes, bytearray, memoryview)):
        return bytes(cast(bytes, content))
    if isinstance(content, str):
        return content.encode()
    if not isinstance(content, io.IOBase) and not hasattr(content, "read"):
        raise TypeError(f"{where}: expected bytes, a file or a path, got {type(content).__name__}")
    return _rewindable(cast(Any, content))


def _rewindable(file: Any) -> Any:
    if isinstance(file, io.TextIOBase):
        return file.read().encode()
    seekable = getattr(file, "seekable", None)
    return file if seekable is not None and seekable() else file.read()


def _name_of(content: object) -> str | None:
    if isinstance(content, os.PathLike):
        return os.path.basename(cast("os.PathLike[str]", content))
    return None


def form_fields(body: Mapping[str, object]) -> List[Tuple[str, str]]:
    """Return the members of a body as form fields: arrays as `key[]`, nested members as `key[name]`."""
    from ._qs import Querystring

    return Querystring(array_format="brackets").pairs(body)
