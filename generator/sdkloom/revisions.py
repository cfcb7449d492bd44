"""What the words BASE and REVISION of the command line stand for: files, folders, or states in git."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Callable
from pathlib import Path

import attrs

from .diagnostics import catalog
from .diagnostics.model import DiagnosticSink
from .paths import LOCK_NAME, place, shown
from .source.load import decode
from .source.span import Span

CONFIG_NAME = "sdk.yaml"
_DOCUMENTS = (".yaml", ".yml", ".json")


@attrs.frozen(kw_only=True)
class State:
    """One state of the spec. `spec`, `config` and `lock` are paths for `read`, which raises `OSError` for what
    isn't there.

    Paths into a revision begin with its name: `main:/spec/anthropic.yaml`, so that messages tell the two states apart.
    """

    label: str
    spec: str
    config: str | None
    lock: str | None
    read: Callable[[str], str]


class Reader:
    """Texts of files, each read once and remembered for messages and reports."""

    def __init__(self, load: Callable[[str], bytes], sink: DiagnosticSink) -> None:
        self._load = load
        self._sink = sink
        self.texts: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """The text; what cannot be decoded is reported once, and read as well as it goes."""
        if path not in self.texts:
            data = self._load(path)
            text = decode(path, data, self._sink)
            self.texts[path] = data.decode(errors="replace") if text is None else text
        return self.texts[path]

    def has(self, path: str) -> bool:
        try:
            self(path)
        except OSError:
            return False
        return True


class Repository:
    """The git repository around the working folder, read through one `git cat-file`."""

    def __init__(self) -> None:
        self.prefix = self._ask("rev-parse", "--show-prefix")
        self._process: subprocess.Popen[bytes] | None = None

    def commit(self, name: str) -> str | None:
        """The id of the commit that `name` stands for."""
        try:
            return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except OSError:
            return None

    def blob(self, commit: str, path: str) -> bytes:
        """The bytes of a file in a commit; `path` is relative to the root of the repository.

        Raises:
            FileNotFoundError: the commit has no such file.
        """
        process = self._started()
        if process.stdin is None or process.stdout is None or "\n" in path:
            raise FileNotFoundError(path)
        process.stdin.write(f"{commit}:{path}\n".encode())
        process.stdin.flush()
        _, *kind = process.stdout.readline().split()
        if len(kind) != 2:
            raise FileNotFoundError(path)
        data = process.stdout.read(int(kind[1]) + 1)[:-1]
        if kind[0] != b"blob":
            raise FileNotFoundError(path)
        return data

    def names(self, commit: str, folder: str) -> list[str] | None:
        """The names in a folder of a commit, or `None` if it isn't one."""
        try:
            listed = self._ask("ls-tree", "--name-only", f"{commit}:{folder.rstrip('/')}")
        except OSError:
            return None
        return listed.splitlines()

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
        run = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
        if run.returncode:
            raise OSError(run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "it has no such revision")
        return run.stdout.strip()


@attrs.define
class Resolver:
    """Finds states. `usual` is the spec that is meant where only a revision is named."""

    usual: str
    sink: DiagnosticSink
    reader: Reader = attrs.field(init=False)
    _commits: dict[str, tuple[str, str]] = attrs.field(factory=dict[str, "tuple[str, str]"], init=False)
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

    def state(self, name: str) -> State | None:
        """What `name` stands for: a path, a revision, or `revision:path`. `None`, after a report, if it is nothing."""
        if os.path.exists(name):
            return self._in_tree(name)
        revision, colon, path = name.partition(":")
        try:
            self._repository = self._repository or Repository()
            commit = self._repository.commit(revision) if revision else None
        except OSError as error:
            self.sink.report(catalog.GIT_FAILED, _argument(name), name=name, error=error.strerror or error)
            return None
        if commit is None:
            self.sink.report(catalog.NO_REVISION, _argument(name), name=name)
            return None
        below_root = colon and not path.startswith("./")
        self._commits[revision] = (commit, "" if below_root else self._repository.prefix)
        return self._in_commit(revision, path.removeprefix("./") or self.usual)

    def working_tree(self, path: str | None = None) -> State | None:
        """The files as they are now."""
        path = path or self.usual
        if not os.path.exists(path):
            self.sink.report(catalog.CANNOT_READ, place(Path(path)), path=path, error="No such file or directory")
            return None
        return self._in_tree(path)

    def _in_tree(self, path: str) -> State | None:
        if os.path.isdir(path):
            names = sorted(os.listdir(path))
            found = self._document(path, names, lambda name: os.path.join(path, name))
            if found is None:
                return None
            path = os.path.join(path, found)
        spec = shown(Path(path))
        return self._made(path, spec)

    def _in_commit(self, revision: str, path: str) -> State | None:
        commit, prefix = self._commits[revision]
        repository = self._repository or Repository()
        names = repository.names(commit, posixpath.normpath(prefix + path))
        label = f"{revision}:{path}"
        if names is not None:
            found = self._document(label, names, lambda name: f"{revision}:/{posixpath.join(path, name)}")
            if found is None:
                return None
            path = posixpath.join(path, found)
        spec = f"{revision}:/{path}"
        if not self.reader.has(spec):
            self.sink.report(catalog.NOT_IN_REVISION, _argument(label), path=path, revision=revision)
            return None
        return self._made(revision if path == self.usual else f"{revision}:{path}", spec)

    def _made(self, label: str, spec: str) -> State:
        config = posixpath.join(posixpath.dirname(spec), CONFIG_NAME)
        has_config = self.reader.has(config) and posixpath.basename(spec) != CONFIG_NAME
        lock = posixpath.join(posixpath.dirname(spec), LOCK_NAME)
        return State(
            label=label,
            spec=spec,
            config=config if has_config else None,
            lock=lock if self.reader.has(lock) else None,
            read=self.reader,
        )

    def _document(self, folder: str, names: list[str], path: Callable[[str], str]) -> str | None:
        """The one document of a folder; the usual one, if there are several and it is among them."""
        found = [name for name in names if name.endswith(_DOCUMENTS) and self._is_document(path(name))]
        usual = posixpath.basename(self.usual)
        if len(found) == 1 or usual in found:
            return found[0] if len(found) == 1 else usual
        if found:
            listed = ", ".join(f"`{name}`" for name in found)
            self.sink.report(catalog.SEVERAL_SPECS, _argument(folder), folder=folder, names=listed)
        else:
            self.sink.report(catalog.NO_DOCUMENT, _argument(folder), folder=folder)
        return None

    def _is_document(self, path: str) -> bool:
        """Whether a file has the key `openapi`, as far as a look at its lines tells."""
        try:
            text = self.reader(path)
        except OSError:
            return False
        head = text.lstrip("\ufeff \t\r\n")
        if head.startswith("{"):
            return '"openapi"' in head
        return any(line.startswith(("openapi:", '"openapi"', "'openapi'")) for line in text.splitlines())

    def _bytes(self, path: str) -> bytes:
        revision, colon, inner = path.partition(":/")
        if not colon or revision not in self._commits or self._repository is None:
            return Path(path).read_bytes()
        commit, prefix = self._commits[revision]
        return self._repository.blob(commit, posixpath.normpath(prefix + inner))


def displayed(file: str) -> str:
    """A path of a state as git writes it: `main:spec/anthropic.yaml`."""
    return file.replace(":/", ":", 1)


def _argument(name: str) -> Span:
    """The place of something on the command line."""
    return Span(file=name, line=1, col=1, end_line=1, end_col=1)
