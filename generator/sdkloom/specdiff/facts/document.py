"""Facts about whole documents: what the SDK leaves out, servers, security, webhooks, versions."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ...diagnostics.span import Span
from ...document.model import Document, NamedSchema, Operation
from ...ir.direction import Direction
from ..collector import Collector, listed
from ..matching.index import Index
from ..matching.match import Matches, shape_of
from ..matching.pairing import Keyed, keyed, keyed_by
from ..normalize import normalized
from ..places import Places, pointer_of
from ..rules import document
from ..subject import Subject
from .operations import Operations, Pair, changed_security, endpoint_of
from .reach import Reach
from .schemas import Schemas
from .schemes import Schemes
from .unseen import Unseen
from .users import users_in
from .values import Values
from .webhooks import Webhooks


@attrs.frozen(kw_only=True)
class Documents:
    """Compares two documents (base and revision) as far as the comparison of the two SDKs doesn't see them."""

    base: Index
    revision: Index
    documents: tuple[Document, Document]
    matches: Matches
    values: Values
    collector: Collector

    def compare(self) -> None:
        """Report what differs."""
        self._moved_components()
        reach = Reach(self.documents[0]), Reach(self.documents[1])
        lone = [self.base.symbol(each.name) for each in self.matches.removed_types]
        lone += [self.revision.symbol(each.name) for each in self.matches.added_types]
        unseen = Unseen(collector=self.collector, lone=frozenset(lone))
        schemas = Schemas(
            base=self.base,
            revision=self.revision,
            documents=self.documents,
            matches=self.matches,
            collector=self.collector,
            places=Places(self.documents, self.matches.moved),
            unseen=unseen,
        )
        errors = self._schemas(schemas, reach)
        pairs = self._operations(schemas)
        operations = Operations(schemas=schemas, collector=self.collector, documents=self.documents, reach=reach[1])
        operations.compare(pairs, errors)
        self._whole()
        if not pairs or any(pair.old.security is None and pair.new.security is None for pair in pairs):
            self._security()
        Schemes(documents=self.documents, collector=self.collector, unseen=unseen).compare()
        Webhooks(
            base=self.base,
            revision=self.revision,
            documents=self.documents,
            schemas=schemas,
            values=self.values,
            collector=self.collector,
        ).compare()
        unseen.settle(users_in(self.documents, (self.base, self.revision)))

    def _components(self) -> Keyed[str, NamedSchema]:
        """The named schemas by their JSON pointers in the revision."""
        old, new = self.documents
        mine = {self.matches.moved(pointer_of(old, named)): named for named in old.schemas}
        return keyed(mine, {pointer_of(new, named): named for named in new.schemas})

    def _moved_components(self) -> None:
        """Components of the same name in another file, which no type of the SDK tells."""
        found = self._components()
        moved = keyed_by(lambda named: named.name, found.removed.values(), found.added.values())
        for one, other in moved.both.values():
            self.matches.move(pointer_of(self.documents[0], one), pointer_of(self.documents[1], other))

    def _schemas(self, schemas: Schemas, reach: tuple[Reach, Reach]) -> list[tuple[NamedSchema, NamedSchema]]:
        """Report what requests and responses show; gives what changed and is in neither."""
        old, new = self.documents
        found = self._components()
        changed = [(one, other) for one, other in found.both.values() if one.schema != other.schema]
        self._lone(schemas, reach, found.removed, found.added)
        rest: list[tuple[NamedSchema, NamedSchema]] = []
        for one, other in changed:
            nowhere = frozenset[Direction]()
            pointer = pointer_of(new, other)
            both = tuple(zip(reach, (pointer_of(old, one), pointer)))
            directions = nowhere.union(*(each.directions.get(at, nowhere) for each, at in both))
            schemas.compare(
                one.schema, other.schema, directions, lambda both=both: all(at in each.beside_null for each, at in both)
            )
            if directions:
                continue
            subject = schemas.subject(pointer, one.span, other.span)
            if any(at in each.referred_to for each, at in both):
                rest.append((one, other))
                ways = nowhere.union(*(each.directions_with_conditions.get(at, nowhere) for each, at in both))
                self._condition(schemas, subject, (one, other), ways)
            elif not schemas.means_the_same(one.schema, other.schema):
                schemas.unseen.add(subject, (pointer,), document.COMPONENT_CHANGED)
        return rest

    def _condition(
        self,
        schemas: Schemas,
        subject: Subject,
        pair: tuple[NamedSchema, NamedSchema],
        directions: frozenset[Direction],
    ) -> None:
        """A component that only conditions refer to, such as `not` and `if`."""
        if directions and not schemas.means_the_same(pair[0].schema, pair[1].schema):
            for direction in sorted(directions, key=lambda direction: direction.value):
                what = f"`{subject.pointer}`"
                self.collector.add_by_direction(document.CONDITION_CHANGED, direction, subject, detail=what, what=what)

    def _lone(
        self,
        schemas: Schemas,
        reach: tuple[Reach, Reach],
        removed: Mapping[str, NamedSchema],
        added: Mapping[str, NamedSchema],
    ) -> None:
        """Components that are in one document only, and that nothing refers to."""
        for rule, index, lone in ((document.COMPONENT_REMOVED, 0, removed), (document.COMPONENT_ADDED, 1, added)):
            for named in lone.values():
                pointer = pointer_of(self.documents[index], named)
                if pointer not in reach[index].referred_to:
                    spans = (None, named.span) if index else (named.span, None)
                    subject = Subject(symbol=pointer, pointer=pointer, base=spans[0], revision=spans[1])
                    schemas.unseen.add(subject, (pointer,), rule)

    def _operations(self, schemas: Schemas) -> list[Pair]:
        """What is in both; what is in one of them and has no method is reported here."""
        old = {endpoint_of(operation): operation for operation in self.documents[0].operations}
        new = {endpoint_of(operation): operation for operation in self.documents[1].operations}
        pairs: list[Pair] = []
        used_old = {at.endpoint for at in self.base.methods}
        used_new = {at.endpoint for at in self.revision.methods}
        for pair in self.matches.methods:
            before, after = old.pop(pair.old.endpoint, None), new.pop(pair.new.endpoint, None)
            if before is not None and after is not None:
                pairs.append(Pair(old=before, new=after))
        others = keyed(
            *({shape_of(endpoint): operation for endpoint, operation in each.items()} for each in (old, new))
        )
        for before, after in others.both.values():
            key = endpoint_of(after)
            pairs.append(Pair(old=before, new=after))
            if endpoint_of(before) not in used_old and key not in used_new:
                self._unused(schemas, key, before, after)
        for operation in others.removed.values():
            key = endpoint_of(operation)
            if key not in used_old:
                subject = _subject(key, operation.span, None)
                self.collector.add(document.OTHER_METHOD_REMOVED, subject, endpoint=f"`{key}`")
        for operation in others.added.values():
            key = endpoint_of(operation)
            if key not in used_new:
                subject = _subject(key, None, operation.span)
                self.collector.add(document.OTHER_METHOD_ADDED, subject, endpoint=f"`{key}`")
        return pairs

    def _unused(self, schemas: Schemas, key: str, old: Operation, new: Operation) -> None:
        """An operation without a method."""
        if not schemas.same_operation(old, new):
            self.collector.add(document.OTHER_METHOD_CHANGED, _subject(key, old.span, new.span), endpoint=f"`{key}`")
        else:
            self._documented(key, old, new)

    def _documented(self, name: str, old: Operation, new: Operation) -> None:
        """The same operation but for texts."""
        if old != new and normalized(old) != normalized(new):
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
        urls = [[server.url for server in spec.servers] for spec in self.documents]
        if self.base.api.client.base_url != self.revision.api.client.base_url:
            urls = [others[1:] for others in urls]  # the first one is the base URL, which has a rule of its own
        if urls[0] != urls[1]:
            texts = list(map(listed, urls))
            places = [spec.servers[0].span if spec.servers else spec.span for spec in self.documents]
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
        places = [spec.security[0].span if spec.security else spec.span for spec in self.documents]
        for rule, facts in changed_security(*(spec.security for spec in self.documents)):
            self.collector.add(rule, _subject("security", *places), detail="", renamed=(), what="the API", **facts)


def _subject(symbol: str, base: Span | None, revision: Span | None) -> Subject:
    return Subject(symbol=symbol, base=base, revision=revision)


def _texts(spec: Document) -> tuple[object, ...]:
    info = attrs.evolve(spec.info, version="")
    schemes = sorted((scheme.name, scheme.description or "") for scheme in spec.security_schemes)
    return (info, spec.tags, [server.description for server in spec.servers], schemes)
