"""Overlays (OpenAPI Overlay Specification 1.0 and 1.1): changes of a document that stand in files of their own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

import attrs
from jsonpath import JSONPath, JSONPathError

from ..diagnostics import catalog, overlay_catalog
from ..diagnostics.model import DiagnosticSink, Related, Rule
from ..diagnostics.nearest import did_you_mean
from ..source.limits import Budget
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe
from .overlay_tree import DocumentTree, Location, TooLargeError, json_path

_VERSION = re.compile(r"1\.([01])(?:\.\d+.*)?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_ROOT_KEYS = ("$schema", "$self", "overlay", "info", "extends", "actions")
_ACTION_KEYS = ("target", "description", "update", "remove", "copy")


def apply_overlay(root: Node, overlay: Node, path: str, budget: Budget, sink: DiagnosticSink) -> Node:
    """Return the document at `path` with the changes of an overlay. What is wrong in the overlay is reported."""
    overlay.file.base = path
    return _Overlay(overlay, path, budget, sink).applied(root)


@attrs.frozen
class _Query:
    """A JSONPath in the overlay, and where it stands."""

    node: ScalarNode
    path: JSONPath

    @property
    def text(self) -> str:
        return self.node.text


class _Overlay:
    """One overlay that is applied."""

    def __init__(self, root: Node, path: str, budget: Budget, sink: DiagnosticSink) -> None:
        self._root = root
        self._path = path
        self._budget = budget
        self._sink = sink
        self._minor = 0

    def applied(self, document: Node) -> Node:
        root = self._root
        if not isinstance(root, MappingNode):
            self._wrong_shape(root, "an overlay", "a mapping")
            return document
        if not self._is_overlay(root):
            return document
        self._check_keys(root, _ROOT_KEYS, "an overlay")
        if "info" not in root.entries:
            self._sink.report(overlay_catalog.MISSING_INFO, root.key_span("overlay"))
        self._check_extends(root)
        tree = DocumentTree(document, self._budget)
        try:
            for action in self._actions(root):
                self._apply(action, tree)
        except TooLargeError:
            limits = self._budget.limits
            self._sink.report(overlay_catalog.TOO_LARGE, root.span, values=limits.values, depth=limits.depth)
        return tree.root

    def _is_overlay(self, root: MappingNode) -> bool:
        version = root.entries.get("overlay")
        if version is None:
            what = "an OpenAPI document" if "openapi" in root.entries else None
            hint = f"this is {what}: name it as SPEC" if what else overlay_catalog.NOT_OVERLAY.hint
            self._sink.report(overlay_catalog.NOT_OVERLAY, root.key_span("openapi"), hint=hint)
            return False
        found = _VERSION.fullmatch(version.text) if isinstance(version, ScalarNode) else None
        if found is None:
            text = version.text if isinstance(version, ScalarNode) else "this"
            self._sink.report(overlay_catalog.UNSUPPORTED_VERSION, version.span, version=text)
            return False
        self._minor = int(found[1])
        return True

    def _check_keys(self, node: MappingNode, known: tuple[str, ...], what: str) -> None:
        for key in node.entries:
            if key not in known and not key.startswith("x-"):
                hint = did_you_mean(key, known)
                self._sink.report(overlay_catalog.UNKNOWN_KEY, node.key_span(key), hint=hint, key=key, what=what)

    def _check_extends(self, root: MappingNode) -> None:
        node = root.entries.get("extends")
        if node is None:
            return
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            self._wrong_shape(node, "`extends`", "a text")
        elif not _URL.match(node.text) and not self._path.startswith("<"):
            found = posixpath.normpath(posixpath.join(posixpath.dirname(node.file.path), node.text))
            if found != posixpath.normpath(self._path):
                self._sink.report(overlay_catalog.EXTENDS_ANOTHER, node.span, extends=node.text, path=self._path)

    def _actions(self, root: MappingNode) -> Iterator[MappingNode]:
        actions = root.entries.get("actions")
        if actions is None:
            self._sink.report(overlay_catalog.MISSING_KEY, root.key_span("overlay"), key="actions", what="this overlay")
        elif not isinstance(actions, SequenceNode):
            self._wrong_shape(actions, "`actions`", "a list")
        else:
            for action in actions.items:
                if isinstance(action, MappingNode):
                    self._check_keys(action, _ACTION_KEYS, "an action")
                    yield action
                else:
                    self._wrong_shape(action, "an action", "a mapping")

    def _apply(self, action: MappingNode, tree: DocumentTree) -> None:
        if "target" not in action.entries:
            self._sink.report(overlay_catalog.MISSING_KEY, action.span, key="target", what="this action")
            return
        target = self._query(action, "target")
        removes = self._removes(action)
        copied = self._query(action, "copy") if "copy" in action.entries else None
        if target is None or removes is None:
            return
        self._check_effect(action, removes)
        found = self._selected(target, tree)
        if not found:
            hint = tree.guess(target.path) or overlay_catalog.SELECTS_NOTHING.hint
            self._sink.report(overlay_catalog.SELECTS_NOTHING, target.node.span, hint=hint, path=target.text)
            return
        tree.begin()
        if removes:
            self._remove(target, found, tree)
        elif "update" in action.entries:
            self._update(target, found, action.entries["update"], "update", tree)
        elif copied is not None:
            source = self._selected(copied, tree)
            if len(source) == 1:
                self._update(target, found, tree.at(source[0]), "copy", tree)
            else:
                count, hint = len(source) or "none", tree.guess(copied.path)
                self._sink.report(
                    overlay_catalog.COPIES_ONE, copied.node.span, hint=hint, path=copied.text, count=count
                )

    def _removes(self, action: MappingNode) -> bool | None:
        node = action.entries.get("remove")
        if node is None:
            return False
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return node.value
        self._wrong_shape(node, "`remove`", "`true` or `false`")
        return None

    def _check_effect(self, action: MappingNode, removes: bool) -> None:
        """Of several things that an action says, `remove` counts, then `update`."""
        if "copy" in action.entries and self._minor < 1:
            self._sink.report(overlay_catalog.LATER_KEY, action.key_span("copy"))
        said = [key for key in ("remove", "update", "copy") if key in action.entries and (key != "remove" or removes)]
        if not said:
            self._sink.report(overlay_catalog.DOES_NOTHING, action.key_span("target"))
        for key in said[1:]:
            self._sink.report(overlay_catalog.NO_EFFECT, action.key_span(key), key=key, other=said[0])

    def _query(self, action: MappingNode, key: str) -> _Query | None:
        node = action.entries[key]
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            self._wrong_shape(node, f"`{key}`", "a text")
            return None
        try:
            return _Query(node, json_path(node.text))
        except (JSONPathError, RecursionError, ValueError) as error:
            self._report_path(node, error)
            return None

    def _selected(self, query: _Query, tree: DocumentTree) -> list[Location]:
        try:
            return tree.select(query.path)
        except (JSONPathError, RecursionError) as error:
            self._report_path(query.node, error)
            return []

    def _report_path(self, node: ScalarNode, error: Exception) -> None:
        """Report an error of a JSONPath, at its place in there if the text stands in the file as it is."""
        message = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        index = getattr(getattr(error, "token", None), "index", None)
        span = node.span
        start = node.file.text.find(node.text, node.start, node.end)
        if isinstance(index, int) and 0 <= index < len(node.text) and start >= 0:
            span = node.file.span(start + index, start + index + 1)
        self._sink.report(overlay_catalog.BAD_PATH, span, path=node.text, error=message)

    def _remove(self, target: _Query, found: list[Location], tree: DocumentTree) -> None:
        if () in found:
            self._sink.report(overlay_catalog.REMOVES_ALL, target.node.span, path=target.text)
        else:
            tree.remove(found)

    def _update(self, target: _Query, found: list[Location], value: Node, key: str, tree: DocumentTree) -> None:
        reported: set[Rule] = set()
        for location in found:
            if not tree.has(location):  # it went with what holds it, which is selected too
                continue
            node = tree.at(location)
            wrong = self._misfit(node, value)
            if wrong is None and isinstance(node, SequenceNode) and not isinstance(value, SequenceNode):
                tree.append(location, value)
            elif wrong is None:
                tree.merge(location, value)
            elif wrong not in reported:
                reported.add(wrong)
                related = [Related(message="this is selected", span=node.span)]
                self._sink.report(
                    wrong,
                    target.node.span,
                    related=related,
                    path=target.text,
                    found=describe(node),
                    key=key,
                    given=describe(value),
                )

    def _misfit(self, node: Node, value: Node) -> Rule | None:
        if isinstance(node, MappingNode) and not isinstance(value, MappingNode):
            return overlay_catalog.MAPPING_EXPECTED
        if isinstance(node, ScalarNode):
            if self._minor < 1:
                return overlay_catalog.PRIMITIVE_TARGET
            return None if isinstance(value, ScalarNode) else overlay_catalog.PRIMITIVE_EXPECTED
        return None

    def _wrong_shape(self, node: Node, what: str, due: str) -> None:
        self._sink.report(catalog.WRONG_SHAPE, node.span, hint=None, what=what, due=due, found=describe(node))
