"""What an earlier run made of the same input, in the cache of the user.

An entry is found by all that it depends on: this program with its libraries, what the command line says, and the texts
of the files. Files that a document refers to are known once it is read: their sums stand in the entry, and count.

Entries are pickles of data. Reading one makes objects of our own data classes and runs nothing else, so that even a
forged entry could only lie.
"""

from __future__ import annotations

import enum
import hashlib
import io
import os
import pickle
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..files.cache import Cache

if TYPE_CHECKING:
    from ..diagnostics.model import Diagnostic
    from ..specdiff.state import SpecState
    from .contents import Contents

_DATA = (
    "sdkloom.cli.contents",
    "sdkloom.cli.memory",
    "sdkloom.diagnostics.",
    "sdkloom.document.",
    "sdkloom.ir.",
    "sdkloom.specdiff.state",
)
"""Modules whose data classes an entry may hold."""

LARGEST = 256 * 2**20
"""Bytes of an entry that is written out. That of a document of 3 MB has 8 MB."""

Kept = TypeVar("Kept", "Output", "State")

_LIBRARIES = ("attrs-", "jinja2-", "jsonschema_rs-", "markupsafe-", "packaging-", "pyyaml-", "ruff-")


@attrs.frozen(kw_only=True)
class Output:
    """What `generate` makes: the name of the distribution, and the SHA-256 sums of the files, by path."""

    distribution: str
    sums: dict[str, str]
    contents: Contents
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def of(
        cls, files: Mapping[str, str], distribution: str, contents: Contents, diagnostics: tuple[Diagnostic, ...]
    ) -> Output:
        """What is kept of a run that made these files."""
        sums = {path: _sum(text) for path, text in files.items()}
        return cls(distribution=distribution, sums=sums, contents=contents, diagnostics=diagnostics)


@attrs.frozen(kw_only=True)
class State:
    """What `diff` compares with."""

    state: SpecState
    diagnostics: tuple[Diagnostic, ...]


class Memory:
    """The entry for one input. `texts` are the files that every run reads; `given` says all else that counts."""

    def __init__(self, given: Iterable[object], texts: Iterable[str], read: Callable[[str], str]) -> None:
        self._read = read
        self._sums: dict[str, str] = {}
        self._cache = Cache.of_user()
        self._key: str | None = None
        if self._cache.folder is not None:
            try:
                parts = [*_program(), *map(repr, given), *map(self.read, texts)]
            except (OSError, UnicodeDecodeError):  # the run itself says what is wrong
                return
            self._key = _sum("\0".join(f"{len(part)}\0{part}" for part in parts))

    def read(self, path: str) -> str:
        """Read a file, which then counts.

        Raises:
            OSError: it can't be read.
        """
        text = self._read(path)
        self._sums[path] = _sum(text)
        return text

    def recall(self, cls: type[Kept]) -> Kept | None:
        """What an earlier run kept for this input; `None` if there is nothing of that class."""
        data = None if self._key is None else self._cache.get(self._key)
        if data is None:
            return None
        try:
            entry = zlib.decompressobj().decompress(data, LARGEST)
            sums, value = _DataReader(io.BytesIO(entry)).load()
            is_same = isinstance(value, cls) and all(_sum(self._read(path)) == found for path, found in sums.items())
            return value if is_same else None
        except Exception:  # whatever a damaged entry does
            return None

    def keep(self, value: Output | State) -> None:
        """Keep what this run made of its input, which was read by `read`."""
        if self._key is None:
            return
        try:
            data = pickle.dumps((self._sums, value), protocol=5)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
            return
        if len(data) <= LARGEST:
            self._cache.put(self._key, zlib.compress(data, level=1))


class _DataReader(pickle.Unpickler):
    """Reads entries: data classes and enumerations of ours, and no other class or function."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) == ("builtins", "getattr"):  # how some versions of Python pickle an enumeration
            return _member
        if module_name.startswith(_DATA):
            found: object = getattr(import_module(module_name), global_name, None)
            if isinstance(found, type) and found.__module__ == module_name and _holds_data(found):
                return found
        raise pickle.UnpicklingError(global_name)


def _holds_data(cls: type) -> bool:
    return attrs.has(cls) or issubclass(cls, enum.Enum)


def _member(cls: type[enum.Enum], name: str) -> enum.Enum:
    return enum.EnumMeta.__getitem__(cls, name)


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _program() -> Iterator[str]:
    """What this program is: its own sources, and the versions of Python and of the libraries that output depends on.

    Raises:
        OSError: that can't be told.
    """
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "_templates"))
        for name in sorted(files):
            if not name.endswith(".pyc"):
                with open(os.path.join(folder, name), "rb") as file:
                    digest.update(f"{name}\0".encode() + file.read())
    yield digest.hexdigest()
    yield sys.version
    found = {name.lower() for folder in filter(os.path.isdir, sys.path) for name in os.listdir(folder)}
    installed = sorted(name for name in found if name.startswith(_LIBRARIES) and name.endswith(".dist-info"))
    if not any(name.startswith("ruff-") for name in installed):
        raise FileNotFoundError("ruff")
    yield from installed
