"""Facts about methods: names, endpoints, responses, streams. Their parameters are in `parameters`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import attrs

from ...document.model import Operation
from ...ir.handled import missed
from ...ir.resources import HookedMethod, Method, ParamLocation, Resource, ResponseKind
from ...ir.streams import StreamContent, StreamFormat
from ...ir.symbols import method_symbol, resource_symbol, type_symbol, value_text
from ..collector import Collector, listed
from ..matching.index import RESPONSE, HookedAt, Index, MethodAt, by_module, module_of
from ..matching.match import Matches, MethodPair, shape_of
from ..matching.pairing import keyed
from ..model import Rule
from ..rules import methods, types
from ..subject import Subject, joined
from . import pages
from .documentation import report_deprecation, report_docs
from .parameters import Parameters
from .renames import report_rename
from .streams import report_events
from .values import Values

_RESPONSES = {
    ResponseKind.JSON: "an object",
    ResponseKind.TEXT: "a text",
    ResponseKind.BINARY: "bytes",
    ResponseKind.NEGOTIATED: "what the server chooses",
    ResponseKind.HEADERS: "headers",
    ResponseKind.PAGE: "a page",
    ResponseKind.STREAM: "a stream",
    ResponseKind.NONE: "nothing",
}

_BODIES = {True: "as a whole", False: "property by property"}
"""How the body is given, by whether it is one argument."""

_TYPED = frozenset({ResponseKind.JSON, ResponseKind.NEGOTIATED, ResponseKind.HEADERS, ResponseKind.STREAM})
_FORMATS = {StreamFormat.EVENTS: "server-sent events", StreamFormat.LINES: "lines of JSON"}


@attrs.frozen(kw_only=True)
class Methods:
    """Compares the methods of two SDKs."""

    base: Index
    revision: Index
    matches: Matches
    values: Values
    collector: Collector
    offered: Mapping[str, Operation]
    """The operations of the revision's document by endpoint, with a method or without."""

    def compare(self) -> None:
        """Report what differs, and which methods are in one SDK only."""
        gone, come = by_module(self.matches.removed_types), by_module(self.matches.added_types)
        for at in self.matches.removed_methods:
            subject = self.base.of_lone_method(at, gone.get(at.module, ()))
            self.collector.add(self._removal(at), subject, endpoint=at.endpoint)
        for at in self.matches.added_methods:
            subject = self.revision.of_lone_method(at, come.get(at.module, ()))
            self.collector.add(methods.METHOD_ADDED, subject, endpoint=at.endpoint)
        moved = self._renamed_resources()
        for pair in self.matches.methods:
            if pair.old.resource.path not in moved:
                self._name(pair)
            self._pair(pair)
        self._helpers(moved)

    def _removal(self, at: MethodAt) -> Rule:
        if at.endpoint in self.offered:
            return methods.METHOD_DROPPED
        return methods.METHOD_REMOVED_DEPRECATED if at.method.deprecated else methods.METHOD_REMOVED

    def _subject(self, pair: MethodPair) -> Subject:
        return joined(self.base.of_method(pair.old), self.revision.of_method(pair.new))

    def _renamed_resources(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Resources that went elsewhere with all their methods, whose names stayed: base path → revision path."""
        targets: dict[tuple[str, ...], set[tuple[str, ...] | None]] = {}
        for at in self.matches.removed_methods:
            targets.setdefault(at.resource.path, set()).add(None)
        for pair in self.matches.methods:
            same = pair.certain and pair.old.method.name == pair.new.method.name
            targets.setdefault(pair.old.resource.path, set()).add(pair.new.resource.path if same else None)
        moved: dict[tuple[str, ...], tuple[str, ...]] = {}
        for path, found in targets.items():
            (target, *others) = found
            if target and path and target != path and not others and path not in self.revision.resources:
                moved[path] = target
                self._renamed_resource(self.base.resources[path], self.revision.resources[target])
        return moved

    def _renamed_resource(self, old: Resource, new: Resource) -> None:
        before, after = self.base.of_resource(old), self.revision.of_resource(new)
        names = [(before.symbol, after.symbol)]
        keepable = [*names, *self._renamed_types(old)]
        report_rename(self.collector, methods.RESOURCE_RENAMED, joined(before, after), names, keepable)

    def _renamed_types(self, resource: Resource) -> list[tuple[str, str]]:
        return [names for at in self.base.methods if at.resource is resource for names in self._own_types(at)]

    def _own_types(self, at: MethodAt) -> list[tuple[str, str]]:
        """The names of a method's own types, old and new, where they differ."""
        return [
            (self.base.symbol(old), self.revision.symbol(new))
            for old, new in self.matches.renamed.items()
            if old in self.base.public and module_of(old) == at.module
        ]

    def _name(self, pair: MethodPair) -> None:
        old, new = pair.old, pair.new
        endpoints = {"old_endpoint": old.endpoint, "endpoint": new.endpoint}
        if old.symbol == new.symbol:
            if shape_of(old.endpoint) != shape_of(new.endpoint):
                subject = self._subject(pair)
                self.collector.add(methods.ENDPOINT_MOVED, subject, detail=old.endpoint, renamed=(), **endpoints)
            return
        own_types = self._own_types(old)
        rules = methods.METHOD_RENAMED if pair.certain else methods.METHOD_LIKELY_RENAMED
        names = [(old.symbol, new.symbol), *own_types]
        keepable = [self._keepable(old, new), *own_types]
        report_rename(self.collector, rules, self._subject(pair), names, keepable, **endpoints)

    def _keepable(self, old: MethodAt, new: MethodAt) -> tuple[str, str]:
        """What sdk.yaml can keep under its old name: the method, or its resource if that is gone."""
        if old.method.name == new.method.name and old.resource.path not in self.revision.resources:
            return resource_symbol(old.resource.path), resource_symbol(new.resource.path)
        return old.symbol, new.symbol

    def _pair(self, pair: MethodPair) -> None:
        old, new = pair.old.method, pair.new.method
        subject = self._subject(pair)
        self._events(subject, old, new)
        for name, how in changed_headers(_unasked(old), _unasked(new)):
            self.collector.add(methods.UNASKED_CHANGED, subject, detail=f"{name} {how}", name=name, how=how)
        if old == new:
            return
        is_chosen = self._still_takes(old, new)
        is_given_otherwise = old.body is new.body and (old.body_type is None) is not (new.body_type is None)
        Parameters(
            base=self.base,
            revision=self.revision,
            values=self.values,
            collector=self.collector,
            pair=pair,
            with_body=not (is_chosen or is_given_otherwise),
        ).compare()
        if is_chosen:
            self._body_chosen(subject, old, new)
        elif is_given_otherwise:
            self._body_given_otherwise(subject, pair)
        self._response(subject, old, new)
        self._streaming(subject, old, new)
        self._sent(subject, old, new)
        report_deprecation(self.collector, subject, old.deprecated, new.deprecated)
        self._deprecated_values(subject, old, new)
        report_docs(
            self.collector, subject, (old.doc, old.returns_doc, old.samples), (new.doc, new.returns_doc, new.samples)
        )

    def _response(self, subject: Subject, old: Method, new: Method) -> None:
        if old.page != new.page and (old.page is None or new.page is None):
            pages.report_come_or_gone(self.collector, subject, old.page, self.revision.api.pages, new.page)
        elif old.page is not None and new.page is not None:
            pages.report_other_class(self.collector, subject, old.page, new.page)
            self.values.compare(subject.part("[]"), old.response, new.response, RESPONSE)
        elif old.response_kind is not new.response_kind:
            before, after = _RESPONSES[old.response_kind], _RESPONSES[new.response_kind]
            rule = methods.RESPONSE_CHOSEN if self._still_offers(old, new) else methods.RESPONSE_KIND_CHANGED
            self.collector.add(rule, subject, old=before, new=after)
        elif old.response_kind in (
            ResponseKind.JSON,
            ResponseKind.NEGOTIATED,
            ResponseKind.HEADERS,
            ResponseKind.STREAM,
        ):
            self._stream_format(subject, old.stream_content, new.stream_content)
            self.values.compare(subject.part("()"), old.response, new.response, RESPONSE)

    def _stream_format(self, subject: Subject, old: StreamContent | None, new: StreamContent | None) -> None:
        if old is not None and new is not None and old.format is not new.format:
            before, after = _FORMATS[old.format], _FORMATS[new.format]
            self.collector.add(methods.STREAM_FORMAT_CHANGED, subject, old=before, new=after)

    def _events(self, subject: Subject, old: Method, new: Method) -> None:
        """How the events of a method are understood that has some of its own, before or after."""
        contents = [each.stream_content or (each.streaming and each.streaming.content) for each in (old, new)]
        own = [content.events if content else None for content in contents]
        if all(contents) and own != [None, None]:
            shared = [index.api.client.stream_events for index in (self.base, self.revision)]
            before, after = (events or common for events, common in zip(own, shared))
            report_events(self.collector, subject, before, after, f" of `{subject.symbol}`")

    def _streaming(self, subject: Subject, old: Method, new: Method) -> None:
        before, after = old.streaming, new.streaming
        if before is not None and after is not None and before.param == after.param:
            self.values.compare(subject.part(f"({after.param}=True)"), before.item, after.item, RESPONSE)
            self._stream_format(subject, before.content, after.content)
            if before.location is not after.location:
                flag, places = subject.part(f"({after.param}=)"), (before.location.value, after.location.value)
                self.collector.add(methods.PARAMETER_MOVED, flag, old=places[0], new=places[1])
            report_docs(self.collector, subject.part(f"({after.param}=)"), before.doc, after.doc)
            return
        if before is not None:
            lost = _with_stream_params(subject, self.base.package, old)
            self.collector.add(methods.STREAMING_REMOVED, lost, param=before.param)
        if after is not None:
            gained = _with_stream_params(subject, self.revision.package, new)
            self.collector.add(methods.STREAMING_ADDED, gained, param=after.param)

    def _sent(self, subject: Subject, old: Method, new: Method) -> None:
        is_other = old.body is not new.body and "none" not in (old.body.value, new.body.value)
        if is_other and not self._still_takes(old, new):
            self.collector.add(methods.BODY_KIND_CHANGED, subject, old=old.body.value, new=new.body.value)
        elif not is_other and old.body_required is not new.body_required:
            self.collector.add(methods.BODY_REQUIRED if new.body_required else methods.BODY_OPTIONAL, subject)
        for header, how in changed_headers(old.headers, new.headers):
            self.collector.add(methods.METHOD_HEADER_CHANGED, subject, detail=f"{header} {how}", header=header, how=how)

    def _operation(self, method: Method) -> Operation | None:
        return self.offered.get(f"{method.verb.upper()} {method.path}")

    def _still_takes(self, old: Method, new: Method) -> bool:
        """Whether the package sends another kind of body, and the API takes the old one all the same."""
        operation = self._operation(new)
        if old.body is new.body or operation is None or operation.request_body is None:
            return False
        taken = {media.media_type for media in operation.request_body.content}
        return bool(old.body_formats) and all(each.media_type in taken for each in old.body_formats)

    def _still_offers(self, old: Method, new: Method) -> bool:
        """Whether the API sends all that old clients ask for."""
        operation = self._operation(new)
        responses = () if operation is None else operation.responses
        offered = {media.media_type for response in responses for media in response.content}
        return bool(old.accept) and offered.issuperset(old.accept)

    def _body_chosen(self, subject: Subject, old: Method, new: Method) -> None:
        before, after = (
            [(param.name, param.type, param.required) for param in each.params if param.location is ParamLocation.BODY]
            for each in (old, new)
        )
        rule = methods.BODY_CHOSEN if before == after else methods.BODY_CHOSEN_ANEW
        self.collector.add(rule, subject, old=old.body.value, new=new.body.value)

    def _body_given_otherwise(self, subject: Subject, pair: MethodPair) -> None:
        """One argument stands for the body, where each property had one; or the other way round."""
        symbols = [*(subject.symbols or (subject.symbol,))]
        for index, at in ((self.base, pair.old), (self.revision, pair.new)):
            for param in at.method.params:
                symbols += index.of_param(at, param).symbols if param.location is ParamLocation.BODY else ()
        subject = attrs.evolve(subject, symbols=tuple(dict.fromkeys(symbols)))
        old, new = (_BODIES[each.method.body_type is not None] for each in (pair.old, pair.new))
        self.collector.add(methods.BODY_GIVEN_OTHERWISE, subject, detail="", renamed=(), old=old, new=new)

    def _deprecated_values(self, subject: Subject, old: Method | HookedMethod, new: Method | HookedMethod) -> None:
        before = dict(old.deprecated_values.values) if old.deprecated_values else {}
        after = dict(new.deprecated_values.values) if new.deprecated_values else {}
        param = next((method.deprecated_values.param for method in (new, old) if method.deprecated_values), "")
        about = attrs.evolve(subject, symbol=f"{subject.symbol}({param}=)")
        dates = keyed(before, after)
        changed = [value for value in after if value in dates.changed]
        for how, values in (
            ("warns of {}", dates.added),
            ("warns no longer of {}", dates.removed),
            ("names another date for {}", changed),
        ):
            if values:
                text = how.format(listed(map(value_text, values)))
                self.collector.add(methods.DEPRECATED_VALUES_CHANGED, about, detail=text, how=text)
        constants = [each.deprecated_values and each.deprecated_values.constant for each in (old, new)]
        if all(constants) and constants[0] != constants[1]:
            text = f"lists them in `{constants[1]}` instead of `{constants[0]}`"
            self.collector.add(methods.DEPRECATED_VALUES_CHANGED, about, detail=text, how=text)
        if before == after and list(before) != list(after):
            self.collector.add(types.SPELLING_CHANGED, about)
        if old.deprecated_values and new.deprecated_values:
            report_docs(self.collector, about, old.deprecated_values.message, new.deprecated_values.message)

    def _helpers(self, moved: dict[tuple[str, ...], tuple[str, ...]]) -> None:

        def symbol_now(at: HookedAt) -> str:
            return method_symbol(moved.get(at.resource.path, at.resource.path), at.method.name)

        old, new = self.base.hooked, self.revision.hooked
        helpers = keyed({symbol_now(at): at for at in old}, {at.symbol: at for at in new})
        for before, after in helpers.both.values():
            self._helper(before, after)
        for at in helpers.removed.values():
            self.collector.add(methods.HELPER_REMOVED, self.base.of_helper(at))
        for at in helpers.added.values():
            self.collector.add(methods.HELPER_ADDED, self.revision.of_helper(at), like=at.method.like)
            self._missed(self.revision.of_helper(at), frozenset(), at.method)

    def _helper(self, old: HookedAt, new: HookedAt) -> None:
        subject = joined(self.base.of_helper(old), self.revision.of_helper(new))
        before, after = old.method, new.method
        renamed = {
            pair.old.method.name: pair.new.method.name
            for pair in self.matches.methods
            if pair.old.resource.path == old.resource.path and pair.new.resource.path == new.resource.path
        }
        for what, was, now in (
            ("gives a `{}` instead of a `{}`", before.returns.name, after.returns.name),
            ("gives a `{}` instead of a `{}` in async code", before.async_returns.name, after.async_returns.name),
            ("has the parameters of `{}` instead of those of `{}`", renamed.get(before.like, before.like), after.like),
        ):
            if was != now:
                how = what.format(now, was)
                self.collector.add(methods.HELPER_CHANGED, subject, detail=how, how=how)
        known = {(handled.symbol, tag) for handled, tag, _ in missed(before, self.base.definitions)}
        self._missed(subject, known, after)
        self._deprecated_values(subject, before, after)
        report_docs(self.collector, subject, (before.doc, before.api_md), (after.doc, after.api_md))

    def _missed(self, subject: Subject, known: Collection[tuple[str, str]], hook: HookedMethod) -> None:
        """Variants that the hook doesn't know, and didn't lack before."""
        for handled, tag, variant in missed(hook, self.revision.definitions):
            if (handled.symbol, tag) not in known:
                self.collector.add(
                    methods.HOOK_MISSES_VARIANT,
                    subject,
                    detail=f"{handled.symbol} {tag}",
                    variant=variant.type.name,
                    union=handled.symbol,
                    tag=tag,
                )


def changed_headers(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Return constant headers that differ, and how: `no longer`."""
    headers = keyed(dict(old), dict(new))
    yield from ((name, f"with `{value}`, which is new") for name, value in headers.added.items())
    yield from ((name, "no longer") for name in headers.removed)
    yield from ((name, f"with `{after}` instead of `{before}`") for name, (before, after) in headers.changed.items())


def _unasked(method: Method) -> tuple[tuple[str, str], ...]:
    """What is sent though no caller gives it: constants, defaults, members that are always sent."""
    found = [(param.wire_name, str(param.sample)) for param in method.constants]
    for param in method.params:
        if param.append or param.default is not None:
            found.append((param.wire_name, ", ".join(param.append) or str(param.default)))
    return tuple(found)


def _with_stream_params(subject: Subject, package: str, method: Method) -> Subject:
    """The subject with the types of parameters that only methods have that can stream."""
    type = method.params_type
    if type is None:
        return subject
    names = [attrs.evolve(type, name=type.name + suffix) for suffix in ("Base", "NonStreaming", "Streaming")]
    types = [type_symbol(package, name) for name in names]
    return attrs.evolve(subject, symbols=(*(subject.symbols or (subject.symbol,)), *types))
