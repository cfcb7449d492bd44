"""Facts about operations that reach no method: styles, other media types, errors, headers, security."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ...diagnostics.span import Span
from ...document.model import (
    Document,
    Header,
    MediaType,
    NamedSchema,
    Operation,
    Parameter,
    ParameterIn,
    Response,
    SchemaOrRef,
    SecurityRequirement,
)
from ...document.pointers import operation_pointer
from ..collector import Collector, Subject, listed
from ..matching.index import REQUEST, RESPONSE
from ..model import Rule
from ..normalize import plainly, style_of
from ..rules import document, methods
from ..semantics import meaning
from .schemas import Schemas, closure, is_success, place_of, reached, targets


@attrs.frozen(kw_only=True)
class Pair:
    """An operation before and after."""

    old: Operation
    new: Operation

    @property
    def endpoint(self) -> str:
        return f"{self.new.method.upper()} {self.new.path}"


@attrs.define(kw_only=True)
class _Group:
    """The same fact about several operations, which refer to one component."""

    rule: Rule
    facts: dict[str, str]
    spans: tuple[Span | None, Span | None]
    pairs: list[Pair]


@attrs.define(kw_only=True)
class Operations:
    """Compares operations of two documents. Facts about shared components are reported once."""

    schemas: Schemas
    collector: Collector
    documents: tuple[Document, Document]
    _groups: dict[tuple[str, ...], _Group] = attrs.field(factory=dict[tuple[str, ...], _Group], init=False)
    _docs: list[Pair] = attrs.field(factory=list[Pair], init=False)

    def compare(self, pairs: list[Pair], errors: list[tuple[NamedSchema, NamedSchema]]) -> None:
        """`errors` are changed schemas that only failures use."""
        for pair in pairs:
            if pair.old != pair.new:
                self._parameters(pair)
                self._bodies(pair)
                self._responses(pair)
                self._rest(pair)
            self._security(pair)
        for key, group in self._groups.items():
            subject = self._subject(group.pairs, group.spans)
            self.collector.add(
                group.rule,
                subject,
                detail=" ".join(key[1:]),
                renamed=(),
                endpoint=_endpoints(group.pairs),
                **group.facts,
            )
        self._error_bodies(pairs, errors)
        self._report_docs()

    def _subject(self, pairs: list[Pair], spans: tuple[Span | None, Span | None]) -> Subject:
        named = [self.schemas.revision.places.get(operation_pointer(pair.new)) for pair in pairs]
        symbols = tuple(symbol for found in named if found is not None for symbol in found.symbols)
        first = pairs[0]
        return Subject(
            symbol=symbols[0] if symbols else first.endpoint,
            symbols=symbols,
            pointer=operation_pointer(first.new),
            base=spans[0],
            revision=spans[1],
            files=tuple(file for found in named[:1] if found is not None for file in found.files),
            words=tuple(word for found in named[:1] if found is not None for word in found.words),
        )

    def _add(
        self,
        rule: Rule,
        pair: Pair,
        spans: tuple[Span | None, Span | None],
        shared: str,
        **facts: str,
    ) -> None:
        """Keep a fact; `shared` names the component that it is about."""
        key = (rule.id, shared, *facts.values())
        group = self._groups.setdefault(key, _Group(rule=rule, facts=facts, spans=spans, pairs=[]))
        group.pairs.append(pair)

    def _parameters(self, pair: Pair) -> None:
        old = {(param.location, param.name): param for param in pair.old.parameters}
        new = {(param.location, param.name): param for param in pair.new.parameters}
        for key, before in old.items():
            after = new.get(key)
            if after is None:
                self._cookie(pair, before, None)
            elif before != after:
                self._style(before, after)
                if before.schema is not None and after.schema is not None:
                    self.schemas.compare(before.schema, after.schema, REQUEST)
        for key, after in new.items():
            if key not in old:
                self._cookie(pair, None, after)

    def _cookie(self, pair: Pair, old: Parameter | None, new: Parameter | None) -> None:
        param = new or old
        if param is not None and param.location is ParameterIn.COOKIE:
            spans = (old.span if old else None, new.span if new else None)
            subject = self._subject([pair], spans)
            how = "added" if new else "removed"
            self.collector.add(methods.COOKIE_CHANGED, subject, detail=param.name, name=param.name, how=how)

    def _style(self, old: Parameter, new: Parameter) -> None:
        before, after = _style(old), _style(new)
        if before != after:
            where = self.schemas.place(new)
            subject = self.schemas.subject(where, old.span, new.span)
            self.collector.add(methods.PARAMETER_STYLE_CHANGED, subject, old=f"`{before}`", new=f"`{after}`")

    def _bodies(self, pair: Pair) -> None:
        old = _by_type(pair.old.request_body.content if pair.old.request_body else ())
        new = _by_type(pair.new.request_body.content if pair.new.request_body else ())
        if old and new:
            self._media(pair, old, new, (document.REQUEST_MEDIA_REMOVED, document.REQUEST_MEDIA_ADDED))
        for name, before in old.items():
            if name in new and before.schema is not None and (schema := new[name].schema) is not None:
                self.schemas.compare(before.schema, schema, REQUEST)

    def _media(
        self, pair: Pair, old: dict[str, MediaType], new: dict[str, MediaType], rules: tuple[Rule, Rule]
    ) -> None:
        for name, media in old.items():
            if name not in new:
                self._add(rules[0], pair, (media.span, None), "", media=name)
        for name, media in new.items():
            if name not in old:
                self._add(rules[1], pair, (None, media.span), "", media=name)

    def _responses(self, pair: Pair) -> None:
        old = {response.status: response for response in pair.old.responses}
        new = {response.status: response for response in pair.new.responses}
        for status, response in old.items():
            other = new.get(status) or _range_of(status, new)
            if other is not None:
                self._response(pair, status, response, other)
            else:
                rule = document.STATUS_REMOVED if is_success(status) else document.ERROR_REMOVED
                self._add(rule, pair, (response.span, None), response.pointer, status=status)
        for status, response in new.items():
            if status in old:
                continue
            before = _range_of(status, old)
            if before is not None:
                self._response(pair, status, before, response)
            else:
                rule = document.STATUS_ADDED if is_success(status) else document.ERROR_ADDED
                self._add(rule, pair, (None, response.span), response.pointer, status=status)
        self._headers(pair, _headers(pair.old), _headers(pair.new))

    def _response(self, pair: Pair, status: str, old: Response, new: Response) -> None:
        if old == new:
            return
        before, after = _by_type(old.content), _by_type(new.content)
        if is_success(status):
            if before and after:
                self._media(pair, before, after, (document.RESPONSE_MEDIA_REMOVED, document.RESPONSE_MEDIA_ADDED))
            for name, media in before.items():
                other = after.get(name)
                for one, two in (
                    (media.schema, other and other.schema),
                    (media.item_schema, other and other.item_schema),
                ):
                    if one is not None and two is not None:
                        self.schemas.compare(one, two, RESPONSE)
        elif meaning(old.content) != meaning(new.content):
            self._add(document.ERROR_CHANGED, pair, (old.span, new.span), new.pointer, status=status)

    def _error_bodies(self, pairs: list[Pair], changed: list[tuple[NamedSchema, NamedSchema]]) -> None:
        """Schemas that only failures use, and that reach no type of the SDK: one finding for each."""
        if not changed:
            return
        used = reached(self.documents[1])
        unused = {
            target: named
            for target, named in targets(self.documents[1]).items()
            if place_of(self.documents[1], named) not in used
        }
        using: dict[int, dict[tuple[str, str], Pair]] = {}
        for pair in pairs:
            for response in pair.new.responses:
                for named in closure(_schemas_of(response), unused):
                    using.setdefault(id(named), {})[pair.endpoint, response.status] = pair
        for old, new in changed:
            users = using.get(id(new), {})
            if users and meaning(old.schema) != meaning(new.schema):
                by_endpoint = list({pair.endpoint: pair for pair in users.values()}.values())
                statuses = ", ".join(sorted({status for _, status in users}))
                self.collector.add(
                    document.ERROR_CHANGED,
                    self._subject(by_endpoint, (old.span, new.span)),
                    detail=place_of(self.documents[1], new),
                    endpoint=_endpoints(by_endpoint),
                    status=statuses,
                )

    def _headers(self, pair: Pair, old: dict[str, Header], new: dict[str, Header]) -> None:
        for name, header in old.items():
            if name not in new:
                self._add(document.RESPONSE_HEADER_REMOVED, pair, (header.span, None), name, header=header.name)
        for name, header in new.items():
            if name not in old:
                self._add(document.RESPONSE_HEADER_ADDED, pair, (None, header.span), name, header=header.name)

    def _rest(self, pair: Pair) -> None:
        spans = (pair.old.span, pair.new.span)
        for name in sorted({*pair.old.callbacks} ^ {*pair.new.callbacks}):
            how = "added" if name in pair.new.callbacks else "removed"
            self._add(document.CALLBACK_CHANGED, pair, spans, "", name=name, how=how)
        if pair.old.servers != pair.new.servers:
            texts = [listed(server.url for server in side.servers) for side in (pair.old, pair.new)]
            what = f"`{pair.endpoint}`"
            self._add(document.SERVERS_CHANGED, pair, spans, "", what=what, old=texts[0], new=texts[1])
        old, new = dict(pair.old.extensions.items), dict(pair.new.extensions.items)
        for name in sorted({*old, *new}):
            if name not in old or name not in new or plainly(old[name]) != plainly(new[name]):
                subject = self._subject([pair], spans)
                self.collector.add(document.EXTENSION_CHANGED, subject, detail=name, name=name)
        if any(before != after and plainly(before) != plainly(after) for before, after in _texts(pair.old, pair.new)):
            self._docs.append(pair)

    def _security(self, pair: Pair) -> None:
        """What the operation itself asks for; that of the whole document is reported once."""
        old, new = pair.old.security, pair.new.security
        if old is None and new is None:
            return
        before = self.documents[0].security if old is None else old
        after = self.documents[1].security if new is None else new
        for rule, facts in changed_security(before, after):
            spans = (pair.old.span, pair.new.span)
            self._add(rule, pair, spans, "", what=f"`{pair.endpoint}`", **facts)

    def _report_docs(self) -> None:
        """One finding for all tags, ids, examples and texts of operations that the package doesn't show."""
        if not self._docs:
            return
        first = self._docs[0]
        subject = attrs.evolve(self._subject(self._docs, (first.old.span, first.new.span)), files=(), words=())
        what = f"tags, ids, examples or texts of {_endpoints(self._docs)}"
        self.collector.add(document.DOCS_OF_DOCUMENT_CHANGED, subject, detail=first.endpoint, what=what)


_NOTHING = "no credentials"


def changed_security(
    old: tuple[SecurityRequirement, ...], new: tuple[SecurityRequirement, ...]
) -> Iterator[tuple[Rule, dict[str, str]]]:
    """How the alternatives of two lists differ. An empty list asks for nothing."""
    before = [_alternative(requirement) for requirement in old] or [_NOTHING]
    after = [_alternative(requirement) for requirement in new] or [_NOTHING]
    gone = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    if gone and come and _NOTHING not in gone and _NOTHING not in come:
        yield document.SECURITY_CHANGED, {"old": " or ".join(gone), "new": " or ".join(come)}
    elif gone and _NOTHING not in come:
        yield document.SECURITY_TIGHTENED, {"new": " or ".join(after)}
    elif come:
        yield document.SECURITY_LOOSENED, {"new": " or ".join(come)}


def _alternative(requirement: SecurityRequirement) -> str:
    names = [f"`{name}`" + (f" ({', '.join(scopes)})" if scopes else "") for name, scopes in requirement.schemes]
    return " and ".join(sorted(names)) or _NOTHING


def _endpoints(pairs: list[Pair]) -> str:
    """`POST /v1/messages` and 3 more"""
    return f"`{pairs[0].endpoint}`" + (f" and {len(pairs) - 1} more" if len(pairs) > 1 else "")


def _schemas_of(response: Response) -> Iterator[SchemaOrRef]:
    yield from (media.schema for media in response.content if media.schema is not None)


def _by_type(content: tuple[MediaType, ...]) -> dict[str, MediaType]:
    return {media.media_type: media for media in content}


def _range_of(status: str, responses: Mapping[str, Response]) -> Response | None:
    """The response that stands for a failure of its own status: that of `4XX`, or the default."""
    if is_success(status):
        return None
    return responses.get(f"{status[0]}XX") or responses.get("default")


def _headers(operation: Operation) -> dict[str, Header]:
    found = {
        header.name.lower(): header
        for response in operation.responses
        if is_success(response.status)
        for header in response.headers
    }
    return found


def _style(parameter: Parameter) -> str:
    style, explode = style_of(parameter)
    reserved = ", allowReserved" if parameter.allow_reserved else ""
    return f"{style}, explode: {str(explode).lower()}{reserved}"


def _texts(old: Operation, new: Operation) -> Iterator[tuple[object, object]]:
    """What documents an operation and is not in the package, before and after, as far as it is about the same thing."""
    yield (old.tags, old.operation_id), (new.tags, new.operation_id)
    if old.request_body and new.request_body:
        yield old.request_body.description, new.request_body.description
        yield from _examples(old.request_body.content, new.request_body.content)
    responses = {response.status: response for response in new.responses}
    for before in old.responses:
        after = responses.get(before.status)
        if after is not None:
            yield from _examples(before.content, after.content)
            if not is_success(before.status):
                yield before.description, after.description
            yield from _header_texts(before.headers, after.headers)


def _examples(old: tuple[MediaType, ...], new: tuple[MediaType, ...]) -> Iterator[tuple[object, object]]:
    after = _by_type(new)
    for media in old:
        if media.media_type in after:
            yield media.examples, after[media.media_type].examples


def _header_texts(old: tuple[Header, ...], new: tuple[Header, ...]) -> Iterator[tuple[object, object]]:
    after = {header.name.lower(): header.description for header in new}
    for header in old:
        yield header.description, after.get(header.name.lower(), header.description)
