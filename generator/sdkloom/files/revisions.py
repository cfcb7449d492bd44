"""What the words BASE and REVISION of the command line stand for: files, folders, or states in git."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from ..source.load import decode
from .inputs import Reader
from .paths import CONFIG_NAME, LOCK_NAME, place, shown

_DOCUMENTS = (".yaml", ".yml", ".json")
_NAME = re.compile(r"(?P<revision>(?:\{[^}]*\}|[^:])*)(?::(?P<path>.*))?", re.DOTALL)
"""A revision, and maybe a path. Colons between braces belong to the revision: `main@{10:00}`."""
_OBJECT = re.compile(rb"[0-9a-f]+ (?P<kind>[a-z]+) (?P<size>[0-9]+)\n")
"""What `git cat-file --batch` says of an object that is there."""


@attrs.frozen(kw_only=True)
class State:
    """One state of the spec. `spec`, `config` and `lock` are paths for `read`, which raises `OSError` for what
    isn't there.

    Paths into a revision begin with its name, and go on from the root of the repository: `main:/spec/anthropic.yaml`,
    so that messages tell the two states apart.
    """

    label: str
    spec: str
    config: str | None
    lock: str | None
    read: Callable[[str], str]
    here: str | None = None
    """Where the file of a revision is in the working tree."""


class Repository:
    """The git repository around the working folder, read through one `git cat-file`."""

    def __init__(self) -> None:
        self._up = self._ask("rev-parse", "--show-cdup")
        self._process: subprocess.Popen[bytes] | None = None

    def inside(self, path: str) -> str | None:
        """`path`, relative to the working folder, from the root of the repository; `None` if it lies outside."""
        folder, name = os.path.split(os.path.abspath(path))
        found = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(self._up or "."))
        return None if found.split(os.sep)[0] == ".." else Path(found).as_posix()

    def outside(self, path: str) -> str:
        """`path`, relative to the root of the repository, from the working folder."""
        return posixpath.normpath(posixpath.join(self._up, path))

    def commit(self, name: str) -> str | None:
        """The id of the commit that `name` stands for."""
        try:
            return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except OSError:
            return None

    def blob(self, commit: str, path: str) -> bytes:
        """The bytes of a file in a commit (or in the index: `""`); `path` is relative to the root of the repository.

        Raises:
            FileNotFoundError: the commit has no such file.
        """
        process = self._started()
        if process.stdin is None or process.stdout is None or "\n" in path:
            raise FileNotFoundError(path)
        process.stdin.write(f"{commit}:{path}\n".encode())
        process.stdin.flush()
        found = _OBJECT.fullmatch(process.stdout.readline())
        if found is None:
            raise FileNotFoundError(path)
        data = process.stdout.read(int(found["size"]) + 1)[:-1]
        if found["kind"] != b"blob":
            raise FileNotFoundError(path)
        return data

    def names(self, commit: str, folder: str) -> list[str] | None:
        """The names in a folder of a commit (or of the index: `""`), or `None` if it isn't one."""
        above = "" if folder == "." else f"{folder}/"
        try:
            if not commit:
                listed = self._ask("ls-files", "-z", "--full-name", "--", f":(top,literal){above}").split("\0")[:-1]
                inside = [path.removeprefix(above) for path in listed if path.startswith(above)]
                return [path for path in inside if "/" not in path] if inside else None
            return self._ask("ls-tree", "--full-tree", "--name-only", "-z", f"{commit}:{above}").split("\0")[:-1]
        except OSError:
            return None

    def id(self, commit: str, path: str) -> str | None:
        """The id of a file in a commit (or in the index: `""`); `path` is relative to the root of the repository."""
        try:
            return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}")
        except OSError:
            return None

    def commits_with(self, id: str, path: str) -> list[list[str]]:
        """The commits that brought or took the content `id` of a file, each with its parents, the newest first."""
        try:
            found = self._ask("log", "--all", "--format=%h %p", f"--find-object={id}", "--", f":(top,literal){path}")
        except OSError:
            return []
        return [line.split() for line in found.splitlines()]

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = ["git", "cat-file", "--batch"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process

    @staticmethod
    def _ask(*arguments: str) -> str:
        """What git prints.

        Raises:
            OSError: git is not there, or refuses.
        """
        run = subprocess.run(["git", *arguments], capture_output=True, check=False)
        if run.returncode:
            lines = run.stderr.decode(errors="replace").splitlines()
            fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
            raise OSError(next(iter([*fatal, *lines]), "it has no such revision"))
        return os.fsdecode(run.stdout).removesuffix("\n")


@attrs.define
class Resolver:
    """Finds states. `usual` is the spec that is meant where only a revision is named."""

    usual: str
    sink: DiagnosticSink
    reader: Reader = attrs.field(init=False)
    _commits: dict[str, str] = attrs.field(factory=dict[str, str], init=False)
    _repository: Repository | None = attrs.field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.reader = Reader(self._bytes, self.sink)

    def close(self) -> None:
        if self._repository is not None:
            self._repository.close()

    def reopen(self) -> None:
        """Ask git anew: for a forked process, which must not share the pipes of its parent."""
        if self._repository is not None:
            self._repository = Repository()

    def state(self, name: str, like: str | None = None) -> State | None:
        """What `name` stands for: a path, a revision, or `revision:path`. `None`, after a report, if it is nothing.

        As for git, an empty revision (`:path`) is the index.

        `like` is the other state's path: of a revision alone the same file is meant.
        """
        if os.path.exists(name):
            return self._in_tree(name)
        try:
            self._repository = self._repository or Repository()
        except OSError as error:
            self.sink.report(catalog.GIT_FAILED, _argument(name), name=name, error=error.strerror or error)
            return None
        found = _NAME.fullmatch(name)
        revision, path = (found["revision"], found["path"] or "") if found is not None else (name, "")
        commit = "" if name.startswith(":") else self._repository.commit(revision)
        if commit is None:
            self.sink.report(catalog.NO_REVISION, _argument(name), name=name)
            return None
        self._commits[revision] = commit
        return self._in_commit(self._repository, revision, path, like)

    def working_tree(self, like: State | None = None) -> State | None:
        """The files as they are now, where those of `like` are if that is a revision."""
        path = like.here if like is not None and like.here is not None else self.usual
        if not os.path.exists(path):
            self.cannot_read(path)
            return None
        return self._in_tree(path)

    def with_shape(self, state: State, config: str | None, lock: str | None) -> State:
        """The same state with another configuration and other locked names, which may lie elsewhere."""

        def read(path: str) -> str:
            return self.reader(path) if path in (config, lock) else state.read(path)

        return attrs.evolve(state, config=config, lock=lock, read=read)

    def _in_tree(self, path: str) -> State | None:
        if os.path.isdir(path):
            try:
                names = sorted(os.listdir(path))
            except OSError as error:
                self.cannot_read(path, error.strerror or error)
                return None
            found = self._document(path, names, lambda name: os.path.join(path, name))
            if found is None:
                return None
            path = os.path.join(path, found)
        spec = shown(Path(path))
        config, lock = self._beside(spec, CONFIG_NAME), self._beside(spec, LOCK_NAME)
        return State(label=spec, spec=spec, config=config, lock=lock, read=self.reader)

    def _in_commit(self, repository: Repository, revision: str, given: str, like: str | None) -> State | None:
        usual = self._usual_path(repository, revision, like)
        path = given or usual
        if given.startswith(("./", "../")):
            path = repository.inside(given) or given
        path = posixpath.normpath(path)
        names = repository.names(self._commits[revision], path)
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
        if not self.reader.has(spec):
            self.sink.report(catalog.NOT_IN_REVISION, _argument(f"{revision}:{path}"), path=path, revision=revision)
            return None

        def read(file: str) -> str:
            if not file.startswith(f"{revision}:/"):  # `..` led out of the repository
                raise FileNotFoundError(file)
            return self.reader(file)

        return State(
            label=revision if revision and path == usual else f"{revision}:{path}",
            spec=spec,
            config=self._beside(spec, CONFIG_NAME),
            lock=self._beside(spec, LOCK_NAME),
            read=read,
            here=repository.outside(path),
        )

    def _usual_path(self, repository: Repository, revision: str, like: str | None) -> str:
        """The path that is meant in a revision where none is named: that of the other state, if it has that."""
        path = None if like is None else repository.inside(like)
        if path is not None:
            commit = self._commits[revision]
            if self.reader.has(f"{revision}:/{path}") or repository.names(commit, path) is not None:
                return path
        return repository.inside(self.usual) or self.usual

    def _beside(self, spec: str, name: str) -> str | None:
        """The file of that name beside a spec, if there is one."""
        path = posixpath.join(posixpath.dirname(spec), name)
        return path if path != spec and self.reader.has(path) else None

    def _document(self, folder: str, names: list[str], path: Callable[[str], str]) -> str | None:
        """The one document of a folder; the usual one, if it is among several."""
        usual = posixpath.basename(self.usual)
        if usual in names and self.is_document(path(usual)):
            return usual
        found = [name for name in names if name.endswith(_DOCUMENTS) and self.is_document(path(name))]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"`{name}`" for name in found)
            self.sink.report(catalog.SEVERAL_SPECS, _argument(folder), folder=folder, names=listed)
        else:
            self.sink.report(catalog.NO_DOCUMENT, _argument(folder), folder=folder)
        return None

    def is_document(self, path: str) -> bool:
        """Whether a file has the key `openapi`, as far as a look at its lines tells."""
        try:
            text = decode(path, self._bytes(path), DiagnosticSink())
        except OSError:
            return False
        if text is None:
            return False
        head = text.lstrip("\ufeff \t\r\n")
        if head.startswith("{"):
            return '"openapi"' in head
        return any(line.startswith(("openapi:", '"openapi"', "'openapi'")) for line in text.splitlines())

    def _bytes(self, path: str) -> bytes:
        revision, colon, inner = path.partition(":/")
        if not colon or revision not in self._commits or self._repository is None:
            return Path(path).read_bytes()
        return self._repository.blob(self._commits[revision], inner)

    def cannot_read(self, path: str, error: object = "No such file or directory") -> None:
        self.sink.report(catalog.CANNOT_READ, place(Path(path)), path=path, error=error)


def displayed(file: str) -> str:
    """A path of a state as git writes it: `main:spec/anthropic.yaml`."""
    return file.replace(":/", ":", 1)


def _argument(name: str) -> Span:
    """The place of something on the command line."""
    return Span(file=name, line=1, col=1, end_line=1, end_col=1)
