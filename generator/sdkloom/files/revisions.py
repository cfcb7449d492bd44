"""What BASE and REVISION of the command line stand for: files, folders, or revisions in git."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..source.limits import DEFAULT_LIMITS, Limits, RefusedError
from .boundary import Boundary, check_given
from .documents import argument_span, documents_among, is_document, one_document, usual_documents
from .inputs import Reader, report_unreadable, within
from .paths import CONFIG_NAME, LOCK_NAME, shown_path
from .regular import read_regular
from .repository import Repository

_NAME = re.compile(r"(?P<revision>(?:\{[^}]*\}|[^:])*)(?::(?P<path>.*))?", re.DOTALL)
"""A revision, and maybe a path. Colons between braces belong to the revision: `main@{10:00}`."""


@attrs.frozen(kw_only=True)
class SpecFiles:
    """The files of a spec as they are in one place: in a folder, in a commit, or in the index.

    `spec`, `config` and `lock` are paths for `read`, which raises `OSError` for what isn't there.

    Paths into a revision begin with its name, and go on from the root of the repository: `main:/spec/anthropic.yaml`,
    so that messages tell the two sides of a comparison apart.
    """

    label: str
    """What reports call it: `main`, `main:spec/other.yaml`, or a path."""

    spec: str
    config: str | None
    lock: str | None
    read: Callable[[str], str]
    overlays: tuple[str, ...] = ()
    """What is laid over the document, in this order."""
    working_tree_path: str | None = None
    """Where the spec of a revision is in the working tree; `None` if it is no revision."""


@attrs.define
class SpecResolver:
    """Finds the files that names stand for. `default` is the spec that is meant where only a revision is named, and
    `overlays` are what the project lays over that."""

    default: str | None
    sink: DiagnosticSink
    limits: Limits = DEFAULT_LIMITS
    overlays: tuple[str, ...] = ()
    reader: Reader = attrs.field(init=False)
    _commits: dict[str, str] = attrs.field(factory=dict[str, str], init=False)
    _repository: Repository | None = attrs.field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.reader = Reader(self._load, self.sink)

    def close(self) -> None:
        """End the processes of git."""
        if self._repository is not None:
            self._repository.close()

    def resolve(self, name: str, like: str | None = None) -> SpecFiles | None:
        """What `name` stands for: a path, a revision, or `revision:path`. `None`, after a report, if it is nothing.

        As for git, an empty revision (`:path`) is the index.

        `like` is the path of the other side: of a revision alone the same file is meant.
        """
        if os.path.exists(name):
            return self._in_tree(name)
        try:
            self._repository = self._repository or Repository()
        except OSError as error:
            self.sink.report(run_catalog.GIT_FAILED, argument_span(name), name=name, error=error.strerror or error)
            return None
        found = _NAME.fullmatch(name)
        revision, path = (found["revision"], found["path"] or "") if found is not None else (name, "")
        commit = "" if name.startswith(":") else self._repository.commit(revision)
        if commit is None:
            self.sink.report(run_catalog.NO_REVISION, argument_span(name), name=name)
            return None
        self._commits[revision] = commit
        return self._in_commit(self._repository, revision, path, like)

    def working_tree(self, like: SpecFiles | None = None) -> SpecFiles | None:
        """The files as they are now: those of the revision `like`, or the default ones."""
        path = like.working_tree_path if like is not None and like.working_tree_path is not None else self.default
        if path is None:
            self.sink.report(run_catalog.NO_DOCUMENT, argument_span("."), folder=".")
            return None
        try:
            os.stat(path)
        except OSError as error:
            report_unreadable(path, error, self.sink)
            return None
        return self._in_tree(path)

    def with_config(self, files: SpecFiles, config: str | None, lock: str | None) -> SpecFiles:
        """The same spec with another `sdk.yaml` and another `names.lock`, which may lie elsewhere."""

        def read(path: str) -> str:
            return self.reader(path) if path in (config, lock) else files.read(path)

        return attrs.evolve(files, config=config, lock=lock, read=read)

    def with_overlays(self, files: SpecFiles, overlays: tuple[str, ...]) -> SpecFiles:
        """The same spec with other overlays, which may lie elsewhere."""

        def read(path: str) -> str:
            return self.reader(path) if path in overlays else files.read(path)

        return attrs.evolve(files, overlays=overlays, read=read)

    def _in_tree(self, path: str) -> SpecFiles | None:
        if os.path.isdir(path):
            try:
                names = sorted(os.listdir(path))
            except OSError as error:
                report_unreadable(path, error, self.sink)
                return None
            found = self._document(path, names, lambda name: os.path.join(path, name))
            if found is None:
                return None
            path = os.path.join(path, found)
        try:
            check_given(path)
        except RefusedError as error:
            report_unreadable(path, error, self.sink)
            return None
        spec = shown_path(Path(path))
        is_default = self.default is not None and shown_path(Path(self.default)) == spec
        overlays = tuple(shown_path(Path(overlay)) for overlay in self.overlays) if is_default else ()
        read = within(self.reader, Boundary.of(path), (spec, *overlays))
        config, lock = self.sibling(spec, CONFIG_NAME, read), self.sibling(spec, LOCK_NAME, read)
        return SpecFiles(label=spec, spec=spec, config=config, lock=lock, overlays=overlays, read=read)

    def _in_commit(self, repository: Repository, revision: str, given: str, like: str | None) -> SpecFiles | None:
        default = self._default_path(repository, revision, like)
        path = given or default
        if given.startswith(("./", "../")):
            path = repository.from_root(given) or given
        path = posixpath.normpath(path)
        names = repository.list_folder(self._commits[revision], path)
        if names is not None:
            folder = path
            found = self._document(
                f"{revision}:{folder}",
                names,
                lambda name: f"{revision}:/{posixpath.normpath(posixpath.join(folder, name))}",
            )
            if found is None:
                return None
            path = posixpath.normpath(posixpath.join(folder, found))
        spec = f"{revision}:/{path}"
        try:
            self.reader(spec)
        except RefusedError as error:
            report_unreadable(f"{revision}:{path}", error, self.sink)
            return None
        except OSError:
            place = argument_span(f"{revision}:{path}")
            self.sink.report(run_catalog.NOT_IN_REVISION, place, path=path, revision=revision)
            return None

        def read(file: str) -> str:
            if not file.startswith(f"{revision}:/"):  # `..` led out of the repository
                raise FileNotFoundError(file)
            return self.reader(file)

        is_default = self.default is not None and path == (repository.from_root(self.default) or self.default)
        overlays = [f"{revision}:/{repository.from_root(one) or one}" for one in self.overlays if is_default]
        return SpecFiles(
            label=revision if revision and path == default else f"{revision}:{path}",
            spec=spec,
            config=self.sibling(spec, CONFIG_NAME, read),
            lock=self.sibling(spec, LOCK_NAME, read),
            overlays=tuple(filter(self.reader.has, overlays)),
            read=read,
            working_tree_path=repository.from_working_folder(path),
        )

    def _default_path(self, repository: Repository, revision: str, like: str | None) -> str:
        """The path that is meant in a revision where none is named: that of the other side, if it has that."""
        path = None if like is None else repository.from_root(like)
        if path is not None:
            commit = self._commits[revision]
            if self.reader.has(f"{revision}:/{path}") or repository.list_folder(commit, path) is not None:
                return path
        if self.default is not None:
            return repository.from_root(self.default) or self.default
        commit = self._commits[revision]

        def documents(folder: str) -> list[str]:
            names = repository.list_folder(commit, folder) or []
            return documents_among(
                names, lambda name: self._bytes(f"{revision}:/{posixpath.normpath(posixpath.join(folder, name))}")
            )

        folder, names = usual_documents(documents)
        return posixpath.normpath(posixpath.join(folder, names[0] if names else "openapi.yaml"))

    def sibling(self, spec: str, name: str, read: Callable[[str], str]) -> str | None:
        """The file of that name beside a spec, if there is one. One that may not be read is reported."""
        path = posixpath.join(posixpath.dirname(spec), name)
        try:
            if path == spec:
                return None
            read(path)
        except RefusedError as error:
            report_unreadable(path, error, self.sink)
            return None
        except OSError:
            return None
        return path

    def _document(self, folder: str, names: list[str], path: Callable[[str], str]) -> str | None:
        """The one document of a folder; the default one, if it is among several."""
        found = documents_among(names, lambda name: self._bytes(path(name)))
        preferred = [] if self.default is None else [posixpath.basename(self.default)]
        return one_document(found, preferred, folder, self.sink)

    def is_document(self, path: str) -> bool:
        """Whether a file has the key `openapi`, as far as a look at its lines tells."""
        data = self._bytes(path)
        return data is not None and is_document(data)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return self._load(path)
        except OSError:
            return None

    def _load(self, path: str) -> bytes:
        revision, colon, inner = path.partition(":/")
        if not colon or revision not in self._commits or self._repository is None:
            return read_regular(path, self.limits.size)
        return self._repository.blob(self._commits[revision], inner, self.limits.size)

    def given(self, path: str) -> str | None:
        """The text of a file that the command line names; `None`, after a report, if it can't be read."""
        try:
            check_given(path)
            return self.reader(path)
        except OSError as error:
            report_unreadable(path, error, self.sink)
            return None


def git_style(file: str) -> str:
    """A path into a revision as git writes it: `main:spec/anthropic.yaml` for `main:/spec/anthropic.yaml`."""
    return file.replace(":/", ":", 1)
