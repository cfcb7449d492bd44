"""Facts about old names that sdk.yaml keeps: which came, and which went."""

from __future__ import annotations

import attrs

from ...document.config import DeprecatedNameConfig
from ..collector import Collector
from ..matching.index import Index
from ..matching.pairing import keyed_by
from ..rules import client
from ..subject import Subject


@attrs.frozen(kw_only=True)
class OldNames:
    """Compares the lists of two states. It comes last: a name that is kept because of a rename in the same change is
    part of the finding about the rename."""

    collector: Collector
    before: tuple[DeprecatedNameConfig, ...]
    after: tuple[DeprecatedNameConfig, ...]
    revision: Index

    def compare(self) -> None:
        """Report which old names came, and which went."""
        lines = keyed_by(lambda line: line.old.text, self.before, self.after)
        for name, line in lines.added.items():
            if name not in self.collector.used:
                subject = Subject(symbol=name, revision=line.old.span)
                self.collector.add(client.NAME_KEPT, subject, new=line.new.text)
        for name, line in lines.removed.items():
            if name not in self.revision.names and name not in self.collector.renamed_to:
                subject = Subject(symbol=name, base=line.old.span)
                self.collector.add(client.NAME_NO_LONGER_KEPT, subject, new=line.new.text)
