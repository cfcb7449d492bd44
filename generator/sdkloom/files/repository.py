"""A git repository, asked through the `git` of the system.

The settings of a repository may come from anybody, and some of them name programs. Git is only asked in ways that start
none: nothing is fetched, no signature is checked, no hook or file system monitor runs.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import tempfile
from pathlib import Path

from ..source.limits import DEFAULT_LIMITS, too_large

_OBJECT = re.compile(rb"[0-9a-f]+ (?P<kind>[a-z]+) (?P<size>[0-9]+)\n")
"""What `git cat-file --batch` says of an object that is there."""

_SETTINGS = {"core.fsmonitor": "false", "core.hooksPath": os.devnull, "log.showSignature": "false"}
_GIT = ["git", *(part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}"))]
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OF_A_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF")
"""Variables that git sets for the programs that it starts."""


class Repository:
    """The git repository around the working folder; contents come through one `git cat-file`.

    Paths are relative to the root of the repository, unless it is said otherwise.

    Raises:
        OSError: there is no git, or no repository.
    """

    def __init__(self) -> None:
        self._root = self._git("rev-parse", "--show-cdup")
        self._cat_file: subprocess.Popen[bytes] | None = None

    def from_root(self, path: str) -> str | None:
        """A path of the working folder as one from the root of the repository; `None` if it lies outside."""
        folder, name = os.path.split(os.path.abspath(path))
        found = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(self._root or "."))
        return None if found.split(os.sep)[0] == ".." else Path(found).as_posix()

    def from_working_folder(self, path: str) -> str:
        """A path from the root of the repository as one from the working folder."""
        return posixpath.normpath(posixpath.join(self._root, path))

    def commit(self, name: str) -> str | None:
        """The id of the commit that a revision (gitrevisions(7)) stands for; `None` if there is no such commit."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except OSError:
            return None

    def blob(self, commit: str, path: str, limit: int = DEFAULT_LIMITS.size) -> bytes:
        """The bytes of a file in a commit (or in the index: `""`).

        Raises:
            FileNotFoundError: the commit has no such file.
            RefusedError: it has more than `limit` bytes.
        """
        process = self._started_cat_file()
        if process.stdin is None or process.stdout is None or "\n" in path:
            raise FileNotFoundError(path)
        process.stdin.write(os.fsencode(f"{commit}:{path}\n"))
        process.stdin.flush()
        found = _OBJECT.fullmatch(process.stdout.readline())
        if found is None:
            raise FileNotFoundError(path)
        if int(found["size"]) > limit:
            self.close()  # what it would print isn't read
            raise too_large(limit)
        data = process.stdout.read(int(found["size"]) + 1)[:-1]
        if found["kind"] != b"blob":
            raise FileNotFoundError(path)
        return data

    def list_folder(self, commit: str, folder: str) -> list[str] | None:
        """The names in a folder of a commit (or of the index: `""`); `None` if it isn't a folder."""
        above = "" if folder == "." else f"{folder}/"
        try:
            if not commit:
                listed = self._git("ls-files", "-z", "--full-name", "--", f":(top,literal){above}").split("\0")[:-1]
                inside = [path.removeprefix(above) for path in listed if path.startswith(above)]
                return [path for path in inside if "/" not in path] if inside else None
            return self._git("ls-tree", "--full-tree", "--name-only", "-z", f"{commit}:{above}").split("\0")[:-1]
        except OSError:
            return None

    def blob_id(self, commit: str, path: str) -> str | None:
        """The id of a file in a commit (or in the index: `""`); `None` if there is none."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}")
        except OSError:
            return None

    def commits_with(self, blob_id: str, path: str) -> list[list[str]]:
        """The commits that brought or took a content of a file, each with its parents, the newest first."""
        try:
            found = self._git(
                "log", "--all", "--format=%h %p", f"--find-object={blob_id}", "--", f":(top,literal){path}"
            )
        except OSError:
            return []
        return [line.split() for line in found.splitlines()]

    def close(self) -> None:
        """End the `git cat-file`."""
        if self._cat_file is not None:
            self._cat_file.kill()
            for pipe in (self._cat_file.stdin, self._cat_file.stdout):
                if pipe is not None:
                    pipe.close()
            self._cat_file.wait()
            self._cat_file = None

    def _started_cat_file(self) -> subprocess.Popen[bytes]:
        if self._cat_file is None:
            self._cat_file = subprocess.Popen(
                [*_GIT, "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._cat_file

    @staticmethod
    def _git(*arguments: str) -> str:
        """What git prints for a command.

        Raises:
            OSError: git is not there, or refuses.
        """
        run = subprocess.run([*_GIT, *arguments], capture_output=True, check=False, env=_environment())
        if run.returncode:
            lines = run.stderr.decode(errors="replace").splitlines()
            fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
            raise OSError(next(iter([*fatal, *lines]), "it has no such revision"))
        return os.fsdecode(run.stdout).removesuffix("\n")


def _environment() -> dict[str, str]:
    return {**os.environ, **_ENVIRONMENT}


def difference(old: str, new: str) -> str:
    """The unified diff of two files that needn't stand in a repository, as git prints it without colours.

    No repository is looked at: its filters would run on the files.
    """
    options = ["--no-index", "--no-ext-diff", "--no-textconv", "--no-color"]
    without_repository = {name: value for name, value in _environment().items() if name not in _OF_A_REPOSITORY}
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as folder:
        run = subprocess.run(
            [*_GIT, "diff", *options, "--", os.path.abspath(old), os.path.abspath(new)],
            capture_output=True,
            check=False,
            cwd=folder,
            env={**without_repository, "GIT_CEILING_DIRECTORIES": os.path.dirname(folder)},
        )
    return os.fsdecode(run.stdout)
