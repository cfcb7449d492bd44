"""Facts about operations that reach no method: styles, other media types, errors, headers, security."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
from ..collector import Collector, listed
from ..matching.index import REQUEST, RESPONSE
from ..matching.pairing import Keyed, keyed, keyed_by
from ..model import Rule
from ..normalize import normalized, style_of
from ..places import pointer_of
from ..rules import document, methods
from ..semantics import semantics_of
from ..subject import Subject
from .reach import Reach, is_success
from .schemas import Schemas, report_extensions

Content = tuple[MediaType, ...]
"""A body in its media types."""

Spans = tuple[Span | None, Span | None]
"""Where something stands in the base and in the revision."""


@attrs.frozen(kw_only=True)
class Pair:
    """An operation before and after."""

    old: Operation
    new: Operation

    @property
    def endpoint(self) -> str:
        """`POST /v1/messages`, as it is in the revision."""
        return endpoint_of(self.new)

    @property
    def spans(self) -> Spans:
        """Both places."""
        return self.old.span, self.new.span


def endpoint_of(operation: Operation) -> str:
    """Return the endpoint of an operation: `POST /v1/messages`."""
    return f"{operation.method.upper()} {operation.path}"


@attrs.define(kw_only=True)
class _Group:
    """The same fact about several operations, which refer to one component."""

    rule: Rule
    facts: dict[str, str]
    spans: Spans
    pairs: list[Pair]


@attrs.define(kw_only=True)
class Operations:
    """Compares operations of two documents. Facts about shared components are reported once."""

    schemas: Schemas
    collector: Collector
    documents: tuple[Document, Document]
    reach: Reach
    """What of the revision is used."""
    _groups: dict[tuple[str, ...], _Group] = attrs.field(factory=dict[tuple[str, ...], _Group], init=False)
    _docs: list[Pair] = attrs.field(factory=list[Pair], init=False)

    def compare(self, pairs: list[Pair], errors: list[tuple[NamedSchema, NamedSchema]]) -> None:
        """Report what differs in `pairs`. `errors` are changed schemas that only failures use."""
        for pair in pairs:
            if pair.old != pair.new:
                self._parameters(pair)
                self._bodies(pair)
                self._responses(pair)
                self._rest(pair)
            self._callbacks(pair)
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

    def _subject(self, pairs: list[Pair], spans: Spans) -> Subject:
        named = [self.schemas.revision.at_pointer(operation_pointer(pair.new)) for pair in pairs]
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
        spans: Spans,
        shared: str,
        **facts: str,
    ) -> None:
        """Keep a fact; `shared` names the component that it is about."""
        key = (rule.id, shared, *facts.values())
        group = self._groups.setdefault(key, _Group(rule=rule, facts=facts, spans=spans, pairs=[]))
        group.pairs.append(pair)

    def _parameters(self, pair: Pair) -> None:
        params = keyed(_by_place(pair.old, pair.new), _by_place(pair.new, pair.old))
        for old, new in params.changed.values():
            self._style(old, new)
            self._parameter(old, new)
        for param in params.removed.values():
            place = self.schemas.place(param, 0)
            named = self.schemas.base.nearest(place) or Subject(symbol=place)
            subject = attrs.evolve(named, pointer=place, base=param.span, revision=None)
            self.schemas.unseen.add(subject, (place,))
        for param in params.added.values():
            self.schemas.unseen.add(self._of_param(param, None, param.span), (self.schemas.place(param),))

    def _of_param(self, param: Parameter, old: Span | None, new: Span | None) -> Subject:
        return self.schemas.subject(self.schemas.place(param), old, new)

    def _parameter(self, old: Parameter, new: Parameter) -> None:
        subject = self._of_param(new, old.span, new.span)
        places = (self.schemas.place(new),)
        if old.schema is not None and new.schema is not None:
            self.schemas.compare(old.schema, new.schema, REQUEST)
        for before, after in _by_type(old.content, new.content).both.values():
            if before.schema is not None and after.schema is not None:
                self.schemas.compare(before.schema, after.schema, REQUEST)
        if old.deprecated != new.deprecated:
            rule = methods.MARKED_DEPRECATED if new.deprecated else methods.NO_LONGER_DEPRECATED
            self.schemas.unseen.add(subject, places, rule)
        if [media.media_type for media in old.content] != [media.media_type for media in new.content] or (
            (old.required, old.schema is None) != (new.required, new.schema is None)
        ):
            self.schemas.unseen.add(subject, places)
        if old.allow_empty_value != new.allow_empty_value:
            limits = document.LIMIT_WIDENED if new.allow_empty_value else document.LIMIT_NARROWED
            self.collector.add(limits.request, subject, detail="`allowEmptyValue`", what="`allowEmptyValue`")
        report_extensions(self.collector, subject, old.extensions, new.extensions)

    def _style(self, old: Parameter, new: Parameter) -> None:
        before, after = _style(old), _style(new)
        if before != after:
            subject = self._of_param(new, old.span, new.span)
            self.collector.add(methods.PARAMETER_STYLE_CHANGED, subject, old=f"`{before}`", new=f"`{after}`")

    def _bodies(self, pair: Pair) -> None:
        old, new = pair.old.request_body, pair.new.request_body
        if old is not None and new is not None:
            self._media(pair, old.content, new.content, document.REQUEST_MEDIA_REMOVED, document.REQUEST_MEDIA_ADDED)
            for before, after in _by_type(old.content, new.content).both.values():
                for one, two in ((before.schema, after.schema), (before.item_schema, after.item_schema)):
                    if one is not None and two is not None:
                        self.schemas.compare(one, two, REQUEST)
                is_same = _same_encoding(before, after)
                if not is_same and not self._is_written_alike(pair, after.media_type):
                    place = f"#{after.pointer}"
                    spans = [(*(each.span for each in media.encoding), media.span)[0] for media in (before, after)]
                    subject = Subject(symbol=place, pointer=place, base=spans[0], revision=spans[1])
                    self.schemas.unseen.add(subject, (place,))

    def _is_written_alike(self, pair: Pair, media_type: str) -> bool:
        """Whether methods write the members of a form as before, but for their styles: these are told by parameters."""
        indexes = (self.schemas.base, pair.old), (self.schemas.revision, pair.new)
        known = [index.members_of_forms.get((endpoint_of(operation), media_type)) for index, operation in indexes]
        return known[0] is not None and known[0] == known[1]

    def _media(self, pair: Pair, old: Content, new: Content, removed: Rule, added: Rule) -> None:
        """Bodies that are in both come in other types."""
        if not old or not new:
            return
        types = _by_type(old, new)
        for name, media in types.removed.items():
            self._add(removed, pair, (media.span, None), "", media=name)
        for name, media in types.added.items():
            self._add(added, pair, (None, media.span), "", media=name)

    def _responses(self, pair: Pair) -> None:
        old = {response.status: response for response in pair.old.responses}
        new = {response.status: response for response in pair.new.responses}
        responses = keyed(old, new)
        for status, (before, after) in responses.both.items():
            self._response(pair, status, before, after)
        for status, response in responses.removed.items():
            in_range = _range_of(status, new)
            if in_range is not None:
                self._response(pair, status, response, in_range)
            else:
                rule = document.STATUS_REMOVED if is_success(status) else document.ERROR_REMOVED
                self._add(rule, pair, (response.span, None), response.pointer, status=status)
        for status, response in responses.added.items():
            in_range = _range_of(status, old)
            if in_range is not None:
                self._response(pair, status, in_range, response)
            else:
                rule = document.STATUS_ADDED if is_success(status) else document.ERROR_ADDED
                self._add(rule, pair, (None, response.span), response.pointer, status=status)
        self._headers(pair)

    def _headers(self, pair: Pair) -> None:
        headers = keyed(_headers(pair.old), _headers(pair.new))
        for name, header in headers.removed.items():
            self._add(document.RESPONSE_HEADER_REMOVED, pair, (header.span, None), name, header=header.name)
        for name, header in headers.added.items():
            self._add(document.RESPONSE_HEADER_ADDED, pair, (None, header.span), name, header=header.name)
        for name, (old, new) in headers.changed.items():
            for rule, how in self._header(old, new):
                self._add(rule, pair, (old.span, new.span), name, header=new.name, how=how)

    def _header(self, old: Header, new: Header) -> Iterator[tuple[Rule, str]]:
        if old.required != new.required:
            rule = document.RESPONSE_HEADER_NOTED if new.required else document.RESPONSE_HEADER_CHANGED
            yield rule, "is always there now" if new.required else "can be missing now"
        if old.deprecated != new.deprecated:
            yield document.RESPONSE_HEADER_NOTED, "is deprecated" if new.deprecated else "is no longer deprecated"
        if old.media_type != new.media_type:
            before, after = (each.media_type or "plain text" for each in (old, new))
            yield document.RESPONSE_HEADER_CHANGED, f"is written as {after} instead of {before}"
        if not self.schemas.means_the_same(old.schema, new.schema):
            is_narrower = self.schemas.is_narrower(old.schema, new.schema)
            rule = document.RESPONSE_HEADER_NOTED if is_narrower else document.RESPONSE_HEADER_CHANGED
            yield rule, self._kinds(old, new) or ("keeps within closer limits" if is_narrower else "has other values")

    def _kinds(self, old: Header, new: Header) -> str:
        """In which kinds of values two headers differ, in words."""
        if old.schema is None or new.schema is None:
            return ""
        kinds = [self.schemas.places.meaning((each,), side).kinds for side, each in enumerate((old.schema, new.schema))]
        before, after = (listed(sorted(kind or ()), "anything", "or") for kind in kinds)
        return "" if before == after else f"is {after} instead of {before}"

    def _response(self, pair: Pair, status: str, old: Response, new: Response) -> None:
        if old == new:
            return
        if is_success(status):
            self._media(pair, old.content, new.content, document.RESPONSE_MEDIA_REMOVED, document.RESPONSE_MEDIA_ADDED)
            for before, after in _by_type(old.content, new.content).both.values():
                for one, two in ((before.schema, after.schema), (before.item_schema, after.item_schema)):
                    if one is not None and two is not None:
                        self.schemas.compare(one, two, RESPONSE)
        elif not self.schemas.same_content(old.content, new.content):
            types = _by_type(old.content, new.content)
            is_narrower = not (types.added or types.removed) and all(
                self.schemas.is_narrower(one.schema, other.schema) for one, other in types.both.values()
            )
            rule = document.ERROR_NOTED if is_narrower else document.ERROR_CHANGED
            self._add(rule, pair, (old.span, new.span), new.pointer, status=status)

    def _error_bodies(self, pairs: list[Pair], changed: list[tuple[NamedSchema, NamedSchema]]) -> None:
        """Schemas that only failures use, and that reach no type of the SDK: one finding for each."""
        if not changed:
            return
        responses = [(pair, response) for pair in pairs for response in pair.new.responses]
        using = self.reach.users_of_others([list(_schemas_of(response)) for _, response in responses])
        for old, new in changed:
            found = [responses[position] for position in using.get(pointer_of(self.documents[1], new), ())]
            users = {(pair.endpoint, response.status): pair for pair, response in found}
            if users and not self.schemas.means_the_same(old.schema, new.schema):
                is_narrower = self.schemas.is_narrower(old.schema, new.schema)
                by_endpoint = list({pair.endpoint: pair for pair in users.values()}.values())
                statuses = ", ".join(sorted({status for _, status in users}))
                self.collector.add(
                    document.ERROR_NOTED if is_narrower else document.ERROR_CHANGED,
                    self._subject(by_endpoint, (old.span, new.span)),
                    detail=pointer_of(self.documents[1], new),
                    endpoint=_endpoints(by_endpoint),
                    status=statuses,
                )

    def _callbacks(self, pair: Pair) -> None:
        """Requests that the API sends after one; what isn't part of an operation's equality."""
        callbacks = keyed_by(str, pair.old.callbacks, pair.new.callbacks)
        for how, names in (("added", callbacks.added), ("removed", callbacks.removed)):
            for name in names:
                self._add(document.CALLBACK_CHANGED, pair, pair.spans, "", name=name, how=how)
        sent = keyed_by(
            lambda each: (each.path, each.method), pair.old.callback_operations, pair.new.callback_operations
        )
        for (name, _), (old, new) in sent.changed.items():
            self.schemas.body(old, new)
            if not self.schemas.same_around_body(old, new):
                self._add(document.CALLBACK_CHANGED, pair, (old.span, new.span), "", name=name, how="changed")

    def _rest(self, pair: Pair) -> None:
        if pair.old.servers != pair.new.servers:
            old, new = (listed(server.url for server in each.servers) for each in (pair.old, pair.new))
            self._add(document.SERVERS_CHANGED, pair, pair.spans, "", what=f"`{pair.endpoint}`", old=old, new=new)
        subject = self._subject([pair], pair.spans)
        report_extensions(self.collector, subject, pair.old.extensions, pair.new.extensions)
        texts = _texts(pair.old, pair.new)
        if any(before != after and normalized(before) != normalized(after) for before, after in texts):
            self._docs.append(pair)

    def _security(self, pair: Pair) -> None:
        """What the operation itself asks for; that of the whole document is reported once."""
        old, new = pair.old.security, pair.new.security
        if old is None and new is None:
            return
        before = self.documents[0].security if old is None else old
        after = self.documents[1].security if new is None else new
        for rule, facts in changed_security(before, after):
            self._add(rule, pair, pair.spans, "", what=f"`{pair.endpoint}`", **facts)

    def _report_docs(self) -> None:
        """One finding for all tags, ids, examples and texts of operations that the package doesn't show."""
        if not self._docs:
            return
        first = self._docs[0]
        subject = attrs.evolve(self._subject(self._docs, first.spans), files=(), words=())
        what = f"tags, ids, examples or texts of {_endpoints(self._docs)}"
        self.collector.add(document.DOCS_OF_DOCUMENT_CHANGED, subject, detail=first.endpoint, what=what)


_NOTHING = "no credentials"


def changed_security(
    old: tuple[SecurityRequirement, ...], new: tuple[SecurityRequirement, ...]
) -> Iterator[tuple[Rule, dict[str, str]]]:
    """Return how the alternatives of two lists differ. An empty list asks for nothing (OpenAPI 3.1 §4.8.10.1)."""
    before = [_alternative(requirement) for requirement in old] or [_NOTHING]
    after = [_alternative(requirement) for requirement in new] or [_NOTHING]
    gone = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    if gone and come and _NOTHING not in gone and _NOTHING not in come:
        rule = document.SECURITY_REPLACED if _refuses_all(old, new) else document.SECURITY_CHANGED
        yield rule, {"old": " or ".join(gone), "new": " or ".join(come)}
    elif gone and _NOTHING not in come:
        yield document.SECURITY_TIGHTENED, {"new": " or ".join(after)}
    elif come:
        yield document.SECURITY_LOOSENED, {"new": " or ".join(come)}


def _refuses_all(old: Iterable[SecurityRequirement], new: Iterable[SecurityRequirement]) -> bool:
    """Whether no new alternative does with the schemes of an old one."""
    enough = [{name for name, _ in requirement.schemes} for requirement in new]
    sent = [{name for name, _ in requirement.schemes} for requirement in old]
    return not any(schemes <= given for given in sent for schemes in enough)


def _alternative(requirement: SecurityRequirement) -> str:
    names = [f"`{name}`" + (f" ({', '.join(scopes)})" if scopes else "") for name, scopes in requirement.schemes]
    return " and ".join(sorted(names)) or _NOTHING


def _endpoints(pairs: list[Pair]) -> str:
    """`POST /v1/messages` and 3 more"""
    return f"`{pairs[0].endpoint}`" + (f" and {len(pairs) - 1} more" if len(pairs) > 1 else "")


def _schemas_of(response: Response) -> Iterator[SchemaOrRef]:
    yield from (media.schema for media in response.content if media.schema is not None)


def _by_type(old: Content, new: Content) -> Keyed[str, MediaType]:
    return keyed_by(lambda media: media.media_type, old, new)


def _same_encoding(old: MediaType, new: MediaType) -> bool:
    both = (semantics_of(normalized(each.encoding), ordered=False) for each in (old, new))
    return next(both) == next(both)


def _range_of(status: str, responses: Mapping[str, Response]) -> Response | None:
    """The response that stands for a failure of its own status: that of `4XX`, or the default."""
    if is_success(status):
        return None
    return responses.get(f"{status[0]}XX") or responses.get("default")


def _headers(operation: Operation) -> dict[str, Header]:
    """The headers of responses, first of those that succeed. Their names have no case (RFC 9110 §5.1)."""
    found: dict[str, Header] = {}
    for response in sorted(operation.responses, key=lambda response: not is_success(response.status)):
        for header in response.headers:
            found.setdefault(header.name.lower(), header)
    return found


def _by_place(operation: Operation, other: Operation) -> dict[tuple[object, ...], Parameter]:
    """Parameters by where they stand: one in the path, whose name isn't sent, by its position if the name is new."""
    found: dict[tuple[object, ...], Parameter] = {}
    for param in operation.parameters:
        name: object = param.name
        placeholder = f"{{{param.name}}}"
        if param.location is ParameterIn.PATH and placeholder in operation.path and placeholder not in other.path:
            name = operation.path.partition(placeholder)[0].count("{")
        found[param.location, name] = param
    return found


def _style(parameter: Parameter) -> str:
    style, explode = style_of(parameter)
    reserved = ", allowReserved" if parameter.allow_reserved else ""
    segments = ", several segments" if parameter.several_segments else ""
    return f"{style}, explode: {str(explode).lower()}{reserved}{segments}"


def _texts(old: Operation, new: Operation) -> Iterator[tuple[object, object]]:
    """What documents an operation and is not in the package, before and after, as far as it is about the same thing."""
    yield (old.tags, old.operation_id), (new.tags, new.operation_id)
    if old.request_body and new.request_body:
        yield old.request_body.description, new.request_body.description
        yield from _examples(old.request_body.content, new.request_body.content)
    for before, after in keyed_by(lambda response: response.status, old.responses, new.responses).both.values():
        yield from _examples(before.content, after.content)
        if not is_success(before.status):
            yield before.description, after.description
        for one, other in keyed_by(lambda header: header.name.lower(), before.headers, after.headers).both.values():
            yield one.description, other.description


def _examples(old: Content, new: Content) -> Iterator[tuple[object, object]]:
    for before, after in _by_type(old, new).both.values():
        yield before.examples, after.examples
