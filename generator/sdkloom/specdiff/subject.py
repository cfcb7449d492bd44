"""What findings are about."""

from __future__ import annotations

import attrs

from ..diagnostics.span import Span


@attrs.frozen(kw_only=True)
class Subject:
    """What a finding is about: a type, a field, a method, a parameter.

    `symbol` is its name in messages and part of the finding's identity; `symbols` are all names under which users meet
    it. `base` and `revision` are its places in the two specs; one of them is missing for what is in one spec only.
    `files` are generated files in which it shows, and `words` are what to look for there.
    """

    symbol: str
    symbols: tuple[str, ...] = ()
    pointer: str = ""
    base: Span | None = None
    revision: Span | None = None
    files: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    keeps_values: bool = False
    """Whether sdk.yaml can keep old values of it."""

    def part(self, suffix: str) -> Subject:
        """Return something that has no name of its own, such as the items of a list (`[]`)."""
        return attrs.evolve(
            self, symbol=self.symbol + suffix, symbols=self.symbols or (self.symbol,), keeps_values=False
        )


def joined(old: Subject, new: Subject) -> Subject:
    """Return the subject that is `old` in the base and `new` in the revision. It goes by its new names."""
    return attrs.evolve(new, base=old.base, files=new.files + old.files, words=new.words + old.words)
