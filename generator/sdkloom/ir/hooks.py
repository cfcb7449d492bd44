"""The hand-written side of an SDK: where it is, and what it relies on."""

from __future__ import annotations

import attrs

from ..diagnostics.span import Span, origin


@attrs.frozen
class HookFolder:
    """A folder of `templates/hooks/`. It has a `span` if sdk.yaml names it: then it must be there."""

    name: str
    span: Span | None = attrs.field(default=None, eq=False)

    @property
    def path(self) -> str:
        """The folder in `templates/`."""
        return f"hooks/{self.name}"


@attrs.frozen(kw_only=True)
class HookRequirement:
    """A symbol that a hook's fragment relies on: a parameter (`model`), or a type field (`Message.content`)."""

    symbol: str
    span: Span = origin()


@attrs.frozen(kw_only=True, order=True)
class ImportedName:
    """A name from a hand-written module of the SDK: `lib.streaming` · `MessageStreamManager`."""

    module: tuple[str, ...]
    name: str
    span: Span | None = attrs.field(default=None, eq=False)

    @property
    def package(self) -> tuple[str, ...]:
        """The package that offers the name: that of the module below `types` and `resources`, else the root."""
        return self.module[:-1] if self.module[0] in ("types", "resources") else ()
