"""The import block of one generated file: what the file uses, spelled without collisions and sorted like isort."""

from __future__ import annotations

import enum
import re
import sys
from functools import lru_cache
from typing import Final

import attrs

from ..ir.types import TypeName

_DIGITS = re.compile(r"(\d+)")


class When(enum.IntEnum):
    """Where an import stands: at the top, below `if TYPE_CHECKING:`, at the bottom of the module, or in functions."""

    RUNTIME = 0
    TYPING = 1
    LATE = 2
    LOCAL = 3


@attrs.frozen(cache_hash=True)
class _Import:
    """`from module import name as alias`; without `name`, `import module`. `module` is spelled as printed."""

    module: str
    name: str | None
    alias: str | None = None

    def text(self) -> str:
        target = self.name if self.name is not None else self.module
        return f"{target} as {self.alias}" if self.alias else target


class Imports:
    """Collects the imports of one file while its body is printed.

    `package` is the package of the file, below the root package. `taken` holds the names which the file defines and
    the names of its fields and methods: inside a class they hide names of the module. `root` is the name of the root
    package for a file that lies outside of it.
    """

    def __init__(
        self, package: tuple[str, ...], taken: set[str] | frozenset[str] = frozenset(), *, root: str = ""
    ) -> None:
        self._package: Final = package
        self._root: Final = root
        self._taken: Final = set(taken)
        self._spellings: Final[dict[tuple[str, str | None], tuple[str, _Import | None]]] = {}
        self._when: Final[dict[_Import, When]] = {}
        self._used: Final[dict[tuple[str, str], tuple[str, When]]] = {}

    def use(self, module: str, name: str, when: When = When.RUNTIME) -> str:
        """How this file spells `name` of `module`. A leading dot is the root package: `._models`."""
        known = self._used.get((module, name))
        if known is not None and known[1] <= when:
            return known[0]
        spelling = self._use(self._printed(module), name, when, module)
        self._used[module, name] = spelling, when
        return spelling

    def module(self, module: str, when: When = When.RUNTIME) -> str:
        """How this file spells a whole module: `import httpx`, or `from ..types import message_create_params`."""
        printed = self._printed(module)
        if not printed.startswith("."):
            return self._use(printed, None, when)
        return self._use(*_split(printed), when, module)

    def type(self, name: TypeName, when: When = When.RUNTIME) -> str:
        """How this file spells a type of the SDK."""
        return self.use(module_of(name), name.name, when)

    def typing(self, name: str) -> str:
        """How this file spells a name of `typing`."""
        return self.use("typing", name)

    def late_module(self, name: TypeName) -> str:
        """`message.Message`, with the module imported at the bottom: safe in any import cycle."""
        return f"{self.module(module_of(name), When.LATE)}.{name.name}"

    def statement(self, module: str, name: str) -> str:
        """`from .resources.todo import Todo as ResourcesTodo`: for the body of a function."""
        spelling = self.use(module, name, When.LOCAL)
        target = _Import(module, name, None if spelling == name else spelling)
        return f"from {self._printed(module)} import {target.text()}"

    def merge(self, module: str, name: str | None, alias: str | None) -> None:
        """Add an import as it is written (of a hook fragment). `module` is spelled as in the file."""
        added = _Import(module, name, alias)
        self._taken.add(alias or (name if name is not None else module.split(".")[0]))
        self._spellings[(module, name)] = (alias or (name if name is not None else module), added)
        self._record(added, When.RUNTIME)
        self._used.clear()

    def block(self) -> str:
        """The lines at the top of the file, `from __future__` first."""
        typing_only = self._lines(When.TYPING)
        if typing_only:
            self.use("._lazy", "TYPE_CHECKING")
        parts = ["from __future__ import annotations", *self._sections(self._lines(When.RUNTIME))]
        if typing_only:
            guarded = "\n\n".join(self._sections(typing_only)).replace("\n", "\n    ").replace("\n    \n", "\n\n")
            parts.append(f"if TYPE_CHECKING:\n    {guarded}")
        return "\n\n".join(parts)

    def late_block(self) -> str:
        """The lines at the bottom of the file; empty for most files."""
        return "\n\n".join(self._sections(self._lines(When.LATE)))

    def _use(self, module: str, name: str | None, when: When, whole: str = "") -> str:
        """`whole` is the module seen from the root package; it gives an alias its name."""
        known = self._spellings.get((module, name))
        if known is None:
            known = self._spellings[(module, name)] = self._choose(module, name, when, whole)
        spelling, added = known
        if added is not None:
            self._record(added, when)
        return spelling

    def _choose(self, module: str, name: str | None, when: When, whole: str) -> tuple[str, _Import | None]:
        wanted = module if name is None else name
        if wanted not in self._taken:
            if module == "builtins" and name is not None:
                return wanted, None
            self._taken.add(wanted)
            return wanted, _Import(module, name)
        if name is None or module.startswith("."):
            alias = self._alias(whole or module, wanted)
            return alias, _Import(module, name, alias)
        self._use(module, None, when)
        prefix, added = self._spellings[(module, None)]
        return f"{prefix}.{name}", added

    def _alias(self, module: str, wanted: str) -> str:
        """`TypesMessage` for a second class `Message`, `date_` for a function or module that is hidden."""
        words = [word for word in re.split(r"[._]+", module) if word]
        camel = "".join(word[:1].upper() + word[1:] for word in words)
        camel = camel[: -len(wanted)] if camel.lower().endswith(wanted.lower()) else camel
        alias = f"{camel or 'The'}{wanted}" if wanted[:1].isupper() else f"{wanted}_"
        while alias in self._taken:
            alias += "_"
        self._taken.add(alias)
        return alias

    def _record(self, added: _Import, when: When) -> None:
        known = self._when.get(added)
        if known is None or when < known:
            self._when[added] = when

    def _lines(self, when: When) -> list[_Import]:
        return [added for added, place in self._when.items() if place is when]

    def _printed(self, module: str) -> str:
        """`._models` as this file writes it: `.._models` one package down."""
        if not module.startswith("."):
            return module
        if self._root:
            return f"{self._root}{module}".rstrip(".")
        return _relative(self._package, module)

    def _sections(self, imports: list[_Import]) -> list[str]:
        """Standard library, other packages, this package, the file's neighbours: one block of lines each."""
        blocks: dict[int, list[_Import]] = {}
        for added in imports:
            blocks.setdefault(self._section(added.module), []).append(added)
        return ["\n".join(_statements(blocks[section])) for section in sorted(blocks)]

    def _section(self, module: str) -> int:
        top = module.split(".")[0]
        if not top:
            return 3
        return 2 if top == self._root else 0 if top in sys.stdlib_module_names else 1


@lru_cache(maxsize=4096)
def _relative(package: tuple[str, ...], module: str) -> str:
    target = tuple(part for part in module.split(".") if part)
    shared = 0
    for ours, theirs in zip(package, target):
        if ours != theirs:
            break
        shared += 1
    return "." * (len(package) - shared + 1) + ".".join(target[shared:])


def module_of(name: TypeName) -> str:
    """The module that defines a type, from the root package: `.types.beta.prompt_caching.message_create_params`."""
    return "." + ".".join((*name.package, name.module))


@lru_cache(maxsize=4096)
def sort_key(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    """isort's order of imported names: constants, classes, the rest; digits by value."""
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    return (kind, _natural(name.lower()), name)


def _natural(text: str) -> list[tuple[int, int, str]]:
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in _DIGITS.split(text) if part]


def _split(printed: str) -> tuple[str, str]:
    """`..types.message` → `..types`, `message`."""
    head, _, tail = printed.rpartition(".")
    return (head if head.strip(".") else head + ".", tail)


def _statements(imports: list[_Import]) -> list[str]:
    whole = sorted((added for added in imports if added.name is None), key=lambda added: _natural(added.module.lower()))
    members: dict[str, list[_Import]] = {}
    for added in imports:
        if added.name is not None:
            members.setdefault(added.module, []).append(added)
    lines = [f"import {added.text()}" for added in whole]
    for module in sorted(members, key=module_sort_key):
        names = sorted(members[module], key=lambda added: (sort_key(added.name or ""), added.alias or ""))
        plain = [added for added in names if not added.alias]
        groups = [[added] for added in names if added.alias] + ([plain] if plain else [])
        groups.sort(key=lambda group: sort_key(group[0].name or ""))
        lines.extend(f"from {module} import {', '.join(added.text() for added in group)}" for group in groups)
    return lines


@lru_cache(maxsize=4096)
def module_sort_key(module: str) -> tuple[int, list[tuple[int, int, str]], str]:
    """Furthest relative package first, then by name."""
    bare = module.lstrip(".")
    return (len(bare) - len(module), _natural(bare.lower()), bare)
