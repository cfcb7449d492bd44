"""Which files belong to the tree that is worked on. Whoever wrote that tree chose its links, so they are not trusted.

What a path on the command line names is trusted down to the git working tree that it leads into (or the working
folder). Below that, no link leads out when files are read, and none is followed at all when files are written.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import attrs

from ..source.limits import RefusedError
from .regular import is_link, kind_of


def tree_of(path: str | Path) -> Path | None:
    """The git working tree around a path, or the working folder, if the path (links are not resolved) lies below it.

    `None` for a path elsewhere: all of it is the user's own.
    """
    absolute = Path(os.path.abspath(path))
    tree = working_tree_of(absolute.parent)
    if tree is None and Path.cwd() in absolute.parents:
        return Path.cwd()
    return tree


def working_tree_of(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` that has a `.git` (a folder, or the file of a linked working tree)."""
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


@attrs.frozen
class Boundary:
    """What a document may consist of: regular files below `root`, of which no name on the way is hidden.

    Hidden files (`.env`, `.git/config`) are never part of a document, unless the document itself lies among them.
    `root` and `folder`, that of the document, have no links.
    """

    root: Path
    folder: Path

    @classmethod
    def of(cls, spec: str | Path) -> Boundary:
        """The git working tree around a document; without one, the document's folder."""
        folder = Path(os.path.realpath(spec)).parent
        tree = working_tree_of(Path(os.path.abspath(spec)).parent)
        root = folder if tree is None else Path(os.path.realpath(tree))
        return cls(root if root in (folder, *folder.parents) else folder, folder)

    def check(self, path: str | Path) -> None:
        """Check where a file is in truth, with all links followed.

        Raises:
            RefusedError: it lies elsewhere, or is hidden.
            OSError: it is not there.
        """
        found = Path(os.path.realpath(path))
        hint = "files of a document lie in its folder, or in the git working tree around it"
        if self.root not in (found, *found.parents):
            raise RefusedError("it lies outside of the document's folder", hint)
        beside = found.relative_to(os.path.commonpath([self.folder, found])).parts
        if any(part.startswith(".") for part in beside) or ".git" in map(str.lower, found.relative_to(self.root).parts):
            raise RefusedError("it is a hidden file", "files of a document have no `.` in front of their names")


def check_given(path: str | Path) -> None:
    """Check that a file named on the command line is where its name says.

    Raises:
        RefusedError: a link leads out of the tree in which it lies.
    """
    tree = tree_of(path)
    found = Path(os.path.realpath(path))
    if tree is not None and Path(os.path.realpath(tree)) not in found.parents:
        raise RefusedError("a link leads to it from another folder", "give the path that the link leads to")


class InTheWayError(Exception):
    """Something on the way to a file is a link, or no folder. `path` is where, `what` is what stands there."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} is {what}")
        self.path = path
        self.what = what


class PlainTree:
    """Checks files below a folder by name, one component after the other. Each folder is looked at once."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._plain: set[str] = set()

    def check(self, paths: Iterable[str]) -> None:
        """Check that nothing but folders stands on the way to these paths below the root, and no link at their end.

        What isn't there yet is fine.

        Raises:
            InTheWayError: something else stands there.
            OSError: a folder can't be looked into.
        """
        for path in paths:
            self._check_folder(os.path.dirname(path))
            check_no_link(os.path.join(self._root, path))

    def _check_folder(self, folder: str) -> None:
        if folder in self._plain:
            return
        if folder:
            self._check_folder(os.path.dirname(folder))
            check_folder(os.path.join(self._root, folder))
        self._plain.add(folder)


def check_way(path: Path) -> None:
    """Check a file that is to be written, or a folder to write into, from the tree in which it lies.

    Raises:
        InTheWayError: a link is on the way, or something that is no folder.
        OSError: a folder can't be looked into.
    """
    tree = tree_of(path)
    if tree is not None:
        PlainTree(tree).check([os.path.relpath(os.path.abspath(path), tree)])


def check_folder(path: Path | str) -> None:
    """Check that a path is a folder, or isn't there.

    Raises:
        InTheWayError: it is something else.
    """
    status = _status(path)
    if status is not None and (is_link(status) or not stat.S_ISDIR(status.st_mode)):
        raise InTheWayError(Path(path), kind_of(status) if is_link(status) else "no folder")


def check_no_link(path: Path | str) -> None:
    """Check that a path is no link.

    Raises:
        InTheWayError: it is one.
    """
    status = _status(path)
    if status is not None and is_link(status):
        raise InTheWayError(Path(path), "a link")


def _status(path: Path | str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None
