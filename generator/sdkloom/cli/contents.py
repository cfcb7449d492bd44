"""What an SDK has, and what of the document it lacks: the last line of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from ..diagnostics.degrading import degraded
from ..diagnostics.model import Diagnostic, Severity

if TYPE_CHECKING:
    from ..ir.api import Api
    from ..specdiff.state import SpecState


@attrs.frozen(kw_only=True)
class Contents:
    """The counts."""

    methods: int
    types: int
    left_out: int
    """Operations of the document without a method."""
    degraded: int
    """Places of the document of which the SDK offers less than they say."""
    warnings: int

    @property
    def record(self) -> dict[str, int]:
        """The same for `--json`."""
        counts: dict[str, int] = attrs.asdict(self)
        return {"leftOut" if name == "left_out" else name: count for name, count in counts.items()}

    @property
    def line(self) -> str:
        """`12 methods, 30 types; 2 operations left out, 3 places degraded, 4 warnings`."""
        lacks = ", ".join(self._lacks())
        made = f"{_counted(self.methods, 'method')}, {_counted(self.types, 'type')}"
        return f"{made}; {lacks}" if lacks else made

    def _lacks(self) -> Iterator[str]:
        if self.left_out:
            yield f"{_counted(self.left_out, 'operation')} left out"
        if self.degraded:
            yield f"{_counted(self.degraded, 'place')} degraded"
        if self.warnings:
            yield _counted(self.warnings, "warning")


def endpoints(sdk: SpecState) -> frozenset[tuple[str, str]]:
    """Return the verbs, in lower case, and the paths of the operations of its document."""
    return frozenset((operation.method.lower(), operation.path) for operation in sdk.document.operations)


def summary(api: Api, operations: frozenset[tuple[str, str]], diagnostics: Iterable[Diagnostic]) -> Contents:
    """Return the counts of an SDK, of the operations of its document, and of what was reported about it."""
    from ..ir.walk import all_definitions, all_resources  # a run that remembers its contents needs no IR

    found = tuple(diagnostics)
    resources = list(all_resources(api.resources))
    generated = [(method.verb.lower(), method.path) for resource in resources for method in resource.methods]
    return Contents(
        methods=len(generated) + sum(len(resource.hooked) for resource in resources),
        types=len(all_definitions(api)),
        left_out=len(operations.difference(generated)),
        degraded=degraded(found),
        warnings=sum(diagnostic.severity is Severity.WARNING for diagnostic in found),
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
