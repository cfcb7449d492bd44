"""Facts about whole documents: what the SDK leaves out, servers, security, webhooks, versions."""

from __future__ import annotations

import attrs

from ...diagnostics.span import Span
from ...document.model import Document, NamedSchema, Operation
from ..collector import Collector, Subject, listed
from ..matching.index import Index
from ..matching.match import Matches
from ..normalize import plainly
from ..rules import document
from ..semantics import meaning
from .operations import Operations, Pair, changed_security
from .schemas import Schemas, place_of, reached


@attrs.frozen(kw_only=True)
class Documents:
    """Compares two documents as far as the comparison of the two SDKs doesn't see them."""

    base: Index
    revision: Index
    documents: tuple[Document, Document]
    matches: Matches
    collector: Collector

    def compare(self) -> None:
        schemas = Schemas(
            base=self.base,
            revision=self.revision,
            documents=self.documents,
            matches=self.matches,
            collector=self.collector,
        )
        errors = self._schemas(schemas)
        pairs = self._operations()
        operations = Operations(schemas=schemas, collector=self.collector, documents=self.documents)
        operations.compare(pairs, errors)
        self._whole()
        if not pairs or any(pair.old.security is None and pair.new.security is None for pair in pairs):
            self._security()
        self._webhooks()

    def _schemas(self, schemas: Schemas) -> list[tuple[NamedSchema, NamedSchema]]:
        """Report what requests and responses show; gives what changed and is in neither."""
        new = {place_of(self.documents[1], named): named for named in self.documents[1].schemas}
        changed: list[tuple[NamedSchema, NamedSchema]] = []
        for named in self.documents[0].schemas:
            other = new.get(self.matches.moved(place_of(self.documents[0], named)))
            if other is not None and other.schema != named.schema:
                changed.append((named, other))
        if not changed:
            return []
        sides = [reached(side) for side in self.documents]
        rest: list[tuple[NamedSchema, NamedSchema]] = []
        for named, other in changed:
            places = [place_of(side, one) for side, one in zip(self.documents, (named, other))]
            directions = sides[0].get(places[0], frozenset()) | sides[1].get(places[1], frozenset())
            schemas.compare(named.schema, other.schema, directions)
            if not directions:
                rest.append((named, other))
        return rest

    def _operations(self) -> list[Pair]:
        """What is in both; what is in one of them and has no method is reported here."""
        old = {_key(operation): operation for operation in self.documents[0].operations}
        new = {_key(operation): operation for operation in self.documents[1].operations}
        pairs: list[Pair] = []
        used_old = {at.endpoint for at in self.base.methods}
        used_new = {at.endpoint for at in self.revision.methods}
        for pair in self.matches.methods:
            before, after = old.pop(pair.old.endpoint, None), new.pop(pair.new.endpoint, None)
            if before is not None and after is not None:
                pairs.append(Pair(old=before, new=after))
        for key, operation in old.items():
            other = new.pop(key, None)
            if other is not None:
                pairs.append(Pair(old=operation, new=other))
                self._unused(key, operation, other, key in used_old or key in used_new)
            elif key not in used_old:
                subject = _subject(key, operation.span, None)
                self.collector.add(document.OTHER_METHOD_REMOVED, subject, endpoint=f"`{key}`")
        for key, operation in new.items():
            if key not in used_new:
                self.collector.add(
                    document.OTHER_METHOD_ADDED, _subject(key, None, operation.span), endpoint=f"`{key}`"
                )
        return pairs

    def _unused(self, key: str, old: Operation, new: Operation, used: bool) -> None:
        if used:
            return
        if meaning(plainly(old)) != meaning(plainly(new)):
            self.collector.add(document.OTHER_METHOD_CHANGED, _subject(key, old.span, new.span), endpoint=f"`{key}`")
        else:
            self._documented(key, old, new)

    def _documented(self, name: str, old: Operation, new: Operation) -> None:
        """The same operation but for texts."""
        if old != new and plainly(old) != plainly(new):
            subject = _subject(name, old.span, new.span)
            self.collector.add(document.DOCS_OF_DOCUMENT_CHANGED, subject, what=f"the documentation of `{name}`")

    def _whole(self) -> None:
        old, new = self.documents
        spans = (old.info.span, new.info.span)
        if old.info.version != new.info.version:
            subject = _subject("info.version", *spans)
            self.collector.add(document.API_VERSION_CHANGED, subject, old=old.info.version, new=new.info.version)
        if old.version != new.version:
            subject = _subject("openapi", old.span, new.span)
            self.collector.add(document.OPENAPI_VERSION_CHANGED, subject, old=old.version, new=new.version)
        urls = [[server.url for server in side.servers] for side in self.documents]
        if self.base.api.client.base_url != self.revision.api.client.base_url:
            urls = [others[1:] for others in urls]  # the first one is the base URL, which has a rule of its own
        if urls[0] != urls[1]:
            texts = [listed(side) for side in urls]
            places = [side.servers[0].span if side.servers else side.span for side in self.documents]
            self.collector.add(
                document.SERVERS_CHANGED, _subject("servers", *places), what="the API", old=texts[0], new=texts[1]
            )
        if _texts(old) != _texts(new):
            subject = _subject("info", *spans)
            self.collector.add(
                document.DOCS_OF_DOCUMENT_CHANGED,
                subject,
                what="the description of the API, its tags, its servers or its security",
            )

    def _security(self) -> None:
        """What the document asks for where an operation says nothing."""
        places = [side.security[0].span if side.security else side.span for side in self.documents]
        for rule, facts in changed_security(*(side.security for side in self.documents)):
            self.collector.add(rule, _subject("security", *places), detail="", renamed=(), what="the API", **facts)

    def _webhooks(self) -> None:
        old = {webhook.path: webhook for webhook in self.documents[0].webhooks}
        new = {webhook.path: webhook for webhook in self.documents[1].webhooks}
        for name in sorted({*old, *new}):
            before, after = old.get(name), new.get(name)
            how = "added" if before is None else "removed" if after is None else "changed"
            if before is not None and after is not None and meaning(before) == meaning(after):
                self._documented(f"webhook {name}", before, after)
            else:
                subject = _subject(name, before.span if before else None, after.span if after else None)
                self.collector.add(document.WEBHOOK_CHANGED, subject, detail=how, name=name, how=how)


def _key(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"


def _subject(symbol: str, base: Span | None, revision: Span | None) -> Subject:
    return Subject(symbol=symbol, base=base, revision=revision)


def _texts(side: Document) -> tuple[object, ...]:
    info = attrs.evolve(side.info, version="")
    schemes = sorted((scheme.name, scheme.description or "") for scheme in side.security_schemes)
    return (info, side.tags, [server.description for server in side.servers], schemes)
