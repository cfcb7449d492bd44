"""Facts about what the API sends by itself: webhooks and callbacks."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ...document.model import Document, Operation
from ...ir.resources import Webhook
from ..collector import Collector
from ..matching.index import RESPONSE, Index
from ..matching.pairing import keyed, keyed_by
from ..normalize import normalized
from ..rules import document
from ..semantics import semantics_of
from ..subject import Subject, joined
from .documentation import report_docs
from .schemas import Schemas
from .values import Values


@attrs.frozen(kw_only=True)
class Webhooks:
    """Compares the parsers of two SDKs, and what two documents say where there is no parser."""

    base: Index
    revision: Index
    documents: tuple[Document, Document]
    schemas: Schemas
    values: Values
    collector: Collector

    def compare(self) -> None:
        """Report what differs."""
        parsers = keyed_by(
            lambda webhook: (webhook.name, webhook.attribute), self.base.api.webhooks, self.revision.api.webhooks
        )
        for webhook in parsers.added.values():
            self.collector.add(document.WEBHOOK_ADDED, self.revision.of_webhook(webhook))
        for webhook in parsers.removed.values():
            self.collector.add(document.WEBHOOK_REMOVED, self.base.of_webhook(webhook))
        for old, new in parsers.changed.values():
            self._parser(old, new)
        self._requests({name for name, _ in (*parsers.added, *parsers.removed)})

    def _parser(self, old: Webhook, new: Webhook) -> None:
        subject = joined(self.base.of_webhook(old), self.revision.of_webhook(new))
        self.values.compare(subject, old.type, new.type, RESPONSE)
        report_docs(self.collector, subject, old.doc, new.doc)

    def _requests(self, told: set[str]) -> None:
        """What the documents say; of requests with a parser that came or went, the parser tells."""
        requests = keyed(_sent(self.documents[0].webhooks), _sent(self.documents[1].webhooks))
        for rule, lone in ((document.WEBHOOK_ADDED, requests.added), (document.WEBHOOK_REMOVED, requests.removed)):
            for (name, _), operation in lone.items():
                if name not in told:
                    is_new = rule is document.WEBHOOK_ADDED
                    spans = (None, operation.span) if is_new else (operation.span, None)
                    symbol = f"webhook {name}"
                    self.collector.add(rule, Subject(symbol=symbol, base=spans[0], revision=spans[1]))
        for (name, _), (old, new) in requests.changed.items():
            if name not in told:
                self._request(name, old, new)

    def _request(self, name: str, old: Operation, new: Operation) -> None:
        subject = Subject(symbol=name, base=old.span, revision=new.span, pointer=f"#{new.pointer}")
        self.schemas.body(old, new)
        if not self.schemas.same_around_body(old, new):
            self.collector.add(document.WEBHOOK_CHANGED, subject)
        elif semantics_of(normalized(old)) == semantics_of(normalized(new)) and normalized(old) != normalized(new):
            what = f"the documentation of `webhook {name}`"
            self.collector.add(document.DOCS_OF_DOCUMENT_CHANGED, subject, what=what)


def _sent(operations: Iterable[Operation]) -> dict[tuple[str, str], Operation]:
    return {(operation.path, operation.method): operation for operation in operations}
