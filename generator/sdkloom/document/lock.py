"""names.lock: the names that the SDK has given so far, by their places in the spec. Read and written here."""

from __future__ import annotations

import enum
import keyword
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span, origin
from ..source.load import load
from ..source.nodes import MappingNode, Node, ScalarNode, SourceFile, describe
from ..source.scalars import resolve

VERSION = 1

_HEADER = """\
# Names that the SDK has given, by their places in the spec. `sdkloom generate` keeps them, adds new ones, and removes
# those whose place is gone. Commit this file. To let the generator choose a name anew, delete its line; to choose one
# yourself, use sdk.yaml.
#
# A place is a JSON pointer that follows the schemas as they are used, or a method and what belongs to it; that of a
# class of pages says how they are told apart. In here are types (of responses and of requests), methods, options for
# credentials, inferred classes of pages, and those fields and parameters whose names could have come out otherwise.
# Where a type lives follows from sdk.yaml.
"""
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})(?: .*)?$", re.M)
_LONGEST_KEY = 1000
"""YAML wants longer keys to be marked by `?`."""


class Section(enum.Enum):
    """What a name is the name of. The value is the key in the file."""

    CREDENTIALS = "credentials"
    METHODS = "methods"
    PARAMETERS = "parameters"
    RESPONSES = "responses"
    REQUESTS = "requests"
    FIELDS = "fields"
    PACKAGES = "packages"
    PAGES = "pages"


@attrs.frozen(kw_only=True)
class LockedName:
    """`text` is an identifier; that of a method has its resource in front: `messages.create`. Packages are dotted."""

    text: str
    span: Span = origin()


@attrs.frozen
class NamesLock:
    """The names by section and place."""

    names: Mapping[Section, Mapping[str, LockedName]] = attrs.field(factory=dict[Section, Mapping[str, LockedName]])

    def get(self, section: Section, place: str) -> LockedName | None:
        """Return the name of a place, if it has one."""
        return self.names.get(section, {}).get(place)

    def has(self, section: str, place: str) -> bool:
        """Whether a place has a name in the section of this name: `methods`."""
        return place in self.names.get(Section(section), {})

    def places(self, section: Section) -> Iterable[str]:
        """Return the places of a section that have names."""
        return self.names.get(section, {})

    def only(self, places: Iterable[tuple[Section, str]]) -> NamesLock:
        """Return the lock without the names of all other places."""
        names: dict[Section, dict[str, LockedName]] = {}
        for section, place in places:
            name = self.get(section, place)
            if name is not None:
                names.setdefault(section, {})[place] = name
        return NamesLock(names)


NO_LOCK = NamesLock()


def parse_lock(path: str, text: str, sink: DiagnosticSink) -> NamesLock | None:
    """Read names.lock. `None` if there is a mistake in it, which was reported."""
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        sink.report(catalog.LOCK_CONFLICT, SourceFile(path, text).span(conflict.start(), conflict.end()))
        return None
    root = load(path, text, sink)
    if root is None:
        return None
    if not isinstance(root, MappingNode):
        sink.report(catalog.LOCK_SHAPE, root.span, what="the file", due="a mapping", found=describe(root))
        return None
    if not _check_version(root, sink):
        return None
    names = {section: dict(_entries(root, section, sink)) for section in Section}
    known = ["version", *(section.value for section in Section)]
    for key in root.entries:
        if key not in known:
            hint = did_you_mean(key, known, f"keys are {', '.join(known)}")
            sink.report(catalog.LOCK_UNKNOWN_KEY, root.key_span(key), hint=hint, key=key)
    return None if sink.has_errors else NamesLock(names)


def lock_text(names: Iterable[tuple[str, str, str]]) -> str:
    """Return the text of names.lock with these names, each as the value of its section, its place, and the name."""
    by_section: dict[str, list[tuple[str, str]]] = {section.value: [] for section in Section}
    for section, place, name in names:
        by_section[section].append((place, name))
    lines = [f"{_HEADER}\nversion: {VERSION}"]
    for section, entries in by_section.items():
        if entries:
            lines.append(f"\n{section}:")
            lines += [_line(place, name) for place, name in sorted(entries)]
    return "\n".join(lines) + "\n"


def _check_version(root: MappingNode, sink: DiagnosticSink) -> bool:
    node = root.entries.get("version")
    if isinstance(node, ScalarNode) and node.value == VERSION and not isinstance(node.value, bool):
        return True
    found = "no version" if node is None else f"version `{node.text if isinstance(node, ScalarNode) else '…'}`"
    sink.report(catalog.LOCK_VERSION, root.key_span("version"), found=found, known=VERSION)
    return False


def _entries(root: MappingNode, section: Section, sink: DiagnosticSink) -> Iterator[tuple[str, LockedName]]:
    node = root.entries.get(section.value)
    if node is None:
        return
    if not isinstance(node, MappingNode):
        what = f"`{section.value}`"
        sink.report(catalog.LOCK_SHAPE, node.span, what=what, due="a mapping", found=describe(node))
        return
    for place, value in node.entries.items():
        name = _name(value, section, place, sink)
        if name is not None:
            yield place, name


def _name(node: Node, section: Section, place: str, sink: DiagnosticSink) -> LockedName | None:
    if not isinstance(node, ScalarNode):
        sink.report(catalog.LOCK_SHAPE, node.span, what=f"`{place}`", due="a name", found=describe(node))
        return None
    words = node.text.split(".")
    dotted = {Section.METHODS: "a resource and a method (`pets.list`)", Section.PACKAGES: "a package (`types.pets`)"}
    if all(_is_name(word) for word in words) and (section in dotted or len(words) == 1):
        return LockedName(text=node.text, span=node.span)
    due = dotted.get(section, "a name in Python")
    sink.report(catalog.LOCK_NO_NAME, node.span, name=node.text, due=due)
    return None


def _is_name(text: str) -> bool:
    """Whether Python takes `text` as a name, as it is. It reads `ﬁ` as `fi`, and `__x` in a class as something else."""
    plain = text.isidentifier() and unicodedata.is_normalized("NFKC", text)
    return plain and not keyword.iskeyword(text) and not text.startswith("__")


def _line(place: str, name: str) -> str:
    key = _quoted(place)
    value = name if isinstance(resolve(name), str) else _quoted(name)
    return f"  {key}: {value}" if len(key) < _LONGEST_KEY else f"  ? {key}\n  : {value}"


def _quoted(text: str) -> str:
    """A text in double quotes, which is the only YAML that can hold any character."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
