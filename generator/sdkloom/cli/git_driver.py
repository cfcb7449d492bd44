"""`sdkloom diff --git-driver`: the report in place of the lines that `git diff` shows for a spec.

Git calls an external diff once for each changed path, from the root of the repository. It is told the contents, and not
of which commits they are; a spec is more than one file, so the commits are looked for. Whatever can't be compared is
shown as git itself would show it. The exit code is 0: git gives up on any other.
"""

from __future__ import annotations

import argparse
import io
import os
import posixpath
import sys
from collections.abc import Iterator

import attrs

from ..diagnostics.model import DiagnosticSink
from ..diagnostics.terminal import BOLD, Progress, paint, painted_diff, printable, wants_color
from ..files.paths import CONFIG_NAME
from ..files.repository import Repository, difference
from ..files.revisions import SpecFiles
from .diff import Diff
from .exit_codes import OK

_NOTHING = "/dev/null"
_REGULAR = ("100644", "100755")


@attrs.frozen
class GitChange:
    """What git passes to an external diff (git(1), `GIT_EXTERNAL_DIFF`). An id of zeros: a file of the working tree."""

    path: str
    old_file: str
    old_id: str
    old_mode: str
    new_file: str
    new_id: str
    new_mode: str
    new_path: str
    """Another name after a rename."""

    @classmethod
    def of(cls, arguments: list[str]) -> GitChange:
        """From the 7 arguments of a change, or the 9 of a rename, whose last one is a text for people."""
        path, old_file, old_id, old_mode, new_file, new_id, new_mode, *rename = arguments
        return cls(path, old_file, old_id, old_mode, new_file, new_id, new_mode, rename[0] if rename else path)

    @property
    def is_of_two_files(self) -> bool:
        """Whether regular files are there before and after."""
        return _NOTHING not in (self.old_file, self.new_file) and {self.old_mode, self.new_mode} <= set(_REGULAR)


@attrs.define
class GitDriver:
    """One call by git."""

    options: argparse.Namespace
    sink: DiagnosticSink

    def run(self) -> int:
        """Print what is to be seen of the change; gives the exit code, which is 0."""
        arguments: list[str] = self.options.git_driver
        if len(arguments) == 1:
            print(printable(f"* Unmerged path {arguments[0]}"))
            return OK
        change = GitChange.of(arguments)
        diff = Diff(self.options, self.sink, Progress(io.StringIO()))
        try:
            text = self._compared(change, diff)
        except BaseException:
            print(plain(change, _color()), flush=True)
            raise
        finally:
            diff.resolver.close()
        print(plain(change, _color()) if text is None else text)
        return OK

    def _compared(self, change: GitChange, diff: Diff) -> str | None:
        """The report; `None` if there is nothing to compare."""
        specs = self._specs(change, diff)
        if specs is None:
            return None
        report = diff.report(*specs)
        if report is None:
            return f"{plain(change, _color())}\n\n{diff.listing(_color())}".rstrip("\n")
        text = diff.text(report, _color()).rstrip("\n")
        return text if report.findings or report.ignored else f"{text}\n\n{plain(change, _color())}"

    def _specs(self, change: GitChange, diff: Diff) -> tuple[SpecFiles, SpecFiles] | None:
        """The whole specs before and after. For a config, those that differ in nothing else: changes of the document
        are shown with the document."""
        names = {posixpath.basename(path) for path in (change.path, change.new_path)}
        is_config = names == {CONFIG_NAME}
        files = (change.old_file, change.new_file)
        if not change.is_of_two_files or not (is_config or all(map(diff.resolver.is_document, files))):
            return None
        try:
            found = _revisions(change, Repository())
        except OSError:
            return None
        if found is None:
            return None
        paths = [posixpath.dirname(path) or "." if is_config else path for path in (change.path, change.new_path)]
        base, revision = (
            diff.resolver.resolve(path if name is None else f"{name}:{path}") for name, path in zip(found, paths)
        )
        if base is None or revision is None:
            return None
        if is_config and base.read(base.spec) != revision.read(revision.spec):
            return None
        return base, revision


def _revisions(change: GitChange, repository: Repository) -> tuple[str | None, str | None] | None:
    """The revisions in which both contents stand: a commit and its parent, if there are such. `None` is the working
    tree; an empty name is the index."""
    if not _is_in_working_tree(change.new_id):
        for commit, *parents in repository.commits_with(change.new_id, change.new_path):
            for parent in parents:
                if (
                    repository.blob_id(commit, change.new_path) == change.new_id
                    and repository.blob_id(parent, change.path) == change.old_id
                ):
                    return parent, commit
    sides = ((change.old_id, change.path), (change.new_id, change.new_path))
    found = [
        None if _is_in_working_tree(blob_id) else next(_holders(blob_id, path, repository), blob_id)
        for blob_id, path in sides
    ]
    if change.old_id in found or change.new_id in found:
        return None
    return found[0], found[1]


def _holders(blob_id: str, path: str, repository: Repository) -> Iterator[str]:
    """Revisions in which `path` has this content: the last commit, the index, earlier commits."""
    for name in ("HEAD", ""):
        if repository.blob_id(name, path) == blob_id:
            yield name
    for commit, *_ in repository.commits_with(blob_id, path):
        if repository.blob_id(commit, path) == blob_id:
            yield commit


def _is_in_working_tree(blob_id: str) -> bool:
    return set(blob_id) == {"0"}


def plain(change: GitChange, color: bool) -> str:
    """The unified diff, as git shows it."""
    before, after = f"a/{change.path}", f"b/{change.new_path}"
    header = [f"diff --git {before} {after}"]
    if change.old_file == _NOTHING:
        before = _NOTHING
        header.append(f"new file mode {change.new_mode}")
    elif change.new_file == _NOTHING:
        after = _NOTHING
        header.append(f"deleted file mode {change.old_mode}")
    elif change.old_mode != change.new_mode:
        header += [f"old mode {change.old_mode}", f"new mode {change.new_mode}"]
    if change.path != change.new_path:
        header += [f"rename from {change.path}", f"rename to {change.new_path}"]
    hunks = _hunks(change)
    if hunks and hunks[0].startswith("Binary files"):
        hunks = [f"Binary files {before} and {after} differ"]
    elif hunks:
        header += [f"--- {before}", f"+++ {after}"]
    head = "\n".join(paint(printable(line), BOLD, color) for line in header)
    return "\n".join([head, painted_diff(hunks, color)] if hunks else [head])


def _hunks(change: GitChange) -> list[str]:
    """What git says of the two files below the header, which has temporary names."""
    lines = difference(change.old_file, change.new_file).rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if line.startswith(("@@ ", "Binary files")):
            return lines[number:]
    return []


def _color() -> bool:
    """Colours also where git has put a pager between."""
    if os.environ.get("GIT_PAGER_IN_USE") and not os.environ.get("NO_COLOR"):
        return os.environ.get("TERM") != "dumb"
    return wants_color(sys.stdout)
