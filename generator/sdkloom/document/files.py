"""The files of a document, and what a `$ref` in one of them points at."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import unquote

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..source.limits import DEFAULT_LIMITS, Budget, Limits, RefusedError, shown_size
from ..source.load import load
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode
from .anchors import Place, find_anchors
from .pointers import escape, unescape

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_FROM_HERE = "paths on the command line are relative to the working folder"
_POSITION = re.compile(r"0|[1-9][0-9]{0,8}")


@attrs.frozen(kw_only=True)
class Target:
    """A node that a `$ref` points at."""

    file: str
    pointer: str
    node: Node = attrs.field(eq=False)

    @property
    def key(self) -> str:
        """File and pointer in one text: `models/pet.yaml#/Pet`."""
        return f"{self.file}#{self.pointer}"


def ref_node(node: Node | None) -> ScalarNode | None:
    """Return the text of a `$ref`, if `node` is a reference."""
    if isinstance(node, MappingNode):
        found = node.entries.get("$ref")
        if isinstance(found, ScalarNode) and isinstance(found.value, str):
            return found
    return None


class Files:
    """Reads each file once, through `read`. Paths are joined to that of the file in which the `$ref` stands."""

    def __init__(
        self,
        read: Callable[[str], str],
        sink: DiagnosticSink,
        limits: Limits = DEFAULT_LIMITS,
        overlays: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self._read = read
        self._overlays = overlays
        self._sink = sink
        self.limits = limits
        self._budget = Budget(limits)
        self._size = 0
        self._roots: dict[str, Node | None] = {}
        self._targets: dict[tuple[str, str], Target | None] = {}
        self._final_targets: dict[tuple[str, str], Target] = {}
        self._anchors: dict[str, dict[str, Place]] = {}
        self._in_progress: set[tuple[str, str]] = set()
        self._cycles: list[list[tuple[Span, str]]] = []

    def root(self, path: str, asked_from: Span | None = None) -> Node | None:
        """Return the root of a file; `None`, after a report, if it can't be read.

        `asked_from` is the reference to the file, if there is one.
        """
        if path not in self._roots:
            self._roots[path] = self._overlaid(path, self._load(path, asked_from))
        return self._roots[path]

    def _overlaid(self, path: str, root: Node | None) -> Node | None:
        """The root with the changes of its overlays; `None` if one of them can't be read."""
        for overlay in self._overlays.get(path, ()):
            from .overlays import apply_overlay  # with a reader of JSONPath, which others don't need

            changes = self._load(overlay, None)
            if root is not None and changes is not None:
                root = apply_overlay(root, changes, path, self._budget, self._sink)
        return root

    def target(self, ref: ScalarNode) -> Target | None:
        """Return what `ref` points at (RFC 6901 §6); `None`, after a report, if that is nothing.

        If a `$ref` stands there, that isn't followed.
        """
        key = (ref.file.base, ref.text)
        if self._targets.get(key):
            return self._targets[key]
        if key in self._in_progress:
            self._report_cycle([ref])
            return None
        self._in_progress.add(key)
        found = self._targets[key] = self._find(ref)
        self._in_progress.discard(key)
        return found

    def final_target(self, ref: ScalarNode) -> Target | None:
        """Return what `ref` points at, through every further `$ref`; `None`, after a report, if that is nothing.

        A chain that comes back to itself is reported too.
        """
        seen: dict[str, ScalarNode] = {}
        current: ScalarNode | None = ref
        target: Target | None = None
        while current is not None:
            known = self._final_targets.get((current.file.base, current.text))
            if known is not None:
                target = known
                break
            target = self.target(current)
            if target is None:
                return None
            if target.key in seen:
                keys = list(seen)
                self._report_cycle([*[seen[key] for key in keys[keys.index(target.key) + 1 :]], current])
                return None
            seen[target.key] = current
            current = ref_node(target.node)
        if target is not None:
            self._final_targets.update({(link.file.base, link.text): target for link in seen.values()})
        return target

    def _report_cycle(self, links: list[ScalarNode]) -> None:
        """Report a cycle once, at the first of its references."""
        found = sorted((link.span, link.text) for link in links)
        if found in self._cycles:
            return
        self._cycles.append(found)
        (span, text), *others = found
        related = [Related(message="through this one", span=other) for other, _ in others]
        self._sink.report(catalog.CYCLIC_REF, span, related=related, ref=text)

    def _load(self, path: str, asked_from: Span | None) -> Node | None:
        span = asked_from or Span(file=path, line=1, col=1, end_line=1, end_col=1)
        hint = catalog.UNREADABLE_FILE.hint if asked_from else _FROM_HERE
        try:
            text = self._read(path)
        except UnicodeDecodeError:
            self._sink.report(catalog.UNREADABLE_FILE, span, hint=hint, file=path, reason="it is not UTF-8")
            return None
        except RefusedError as error:
            self._sink.report(catalog.UNREADABLE_FILE, span, hint=error.hint, file=path, reason=error.strerror)
            return None
        except (OSError, LookupError, ValueError) as error:  # `ValueError`: no path can hold a NUL
            reason = getattr(error, "strerror", None) or "it does not exist"
            self._sink.report(catalog.UNREADABLE_FILE, span, hint=hint, file=path, reason=reason.lower())
            return None
        self._size += len(text)
        if self._size > self.limits.total:
            what, limit = "the document, with the files that it refers to, has", shown_size(self.limits.total)
            self._sink.report(catalog.OVER_LIMIT, span, what=what, limit=limit, name="total")
            return None
        return load(path, text, self._sink, self._budget)

    def _find(self, ref: ScalarNode) -> Target | None:
        where, _, fragment = ref.text.partition("#")
        if _URL.match(where) or where.startswith("//"):
            self._sink.report(catalog.URL_REF, ref.span, ref=ref.text)
            return None
        path = ref.file.base
        if where:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(where)))
        root = self.root(path, ref.span)
        if root is None:
            return None
        pointer = unquote(fragment)
        if pointer and not pointer.startswith("/"):
            return self._anchor(root, path, pointer, ref)
        return self._walk(root, path, pointer, ref)

    def _anchor(self, root: Node, path: str, name: str, ref: ScalarNode) -> Target | None:
        if path not in self._anchors:
            self._anchors[path] = find_anchors(root)
        found = self._anchors[path].get(name)
        if found is None:
            hint = did_you_mean(name, self._anchors[path], catalog.ANCHOR_REF.hint)
            self._sink.report(catalog.ANCHOR_REF, ref.span, hint=hint, ref=ref.text, name=name)
            return None
        return Target(file=path, pointer=found[0], node=found[1])

    def _walk(self, root: Node, path: str, pointer: str, ref: ScalarNode) -> Target | None:
        """Follow `pointer` below `root`. A `$ref` on the way is followed too."""
        target = Target(file=path, pointer="", node=root)
        for raw in pointer.split("/")[1:]:
            step = unescape(raw)
            child = _child(target.node, step)
            inner = ref_node(target.node)
            if child is None and inner is not None:
                through = self.final_target(inner)
                if through is None:
                    return None
                child, target = _child(through.node, step), through
            if child is None:
                known = target.node.entries if isinstance(target.node, MappingNode) else ()
                hint = did_you_mean(step, known, None if known else "nothing stands below the part before it")
                self._sink.report(catalog.DANGLING_REF, ref.span, hint=hint, ref=ref.text, step=step)
                return None
            target = Target(file=target.file, pointer=f"{target.pointer}/{escape(step)}", node=child)
        return target


def _child(node: Node, step: str) -> Node | None:
    if isinstance(node, MappingNode):
        return node.entries.get(step)
    if isinstance(node, SequenceNode) and _POSITION.fullmatch(step) and int(step) < len(node.items):
        return node.items[int(step)]
    return None
