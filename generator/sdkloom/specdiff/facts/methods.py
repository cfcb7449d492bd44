"""Facts about methods: names, endpoints, responses, streams. Their parameters are in `parameters`."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ...ir.resources import HookedMethod, Method, Resource, ResponseKind
from ...ir.symbols import is_nested, method_symbol, resource_symbol, value_text
from ..collector import Collector, Subject, listed
from ..matching.index import RESPONSE, HookedAt, Index, MethodAt
from ..matching.match import Matches, MethodPair
from ..model import Rule
from ..rules import document, methods, types
from .fields import deprecation
from .parameters import Parameters
from .values import Values

_RESPONSES = {
    ResponseKind.JSON: "an object",
    ResponseKind.TEXT: "a text",
    ResponseKind.BINARY: "bytes",
    ResponseKind.NONE: "nothing",
}


@attrs.frozen(kw_only=True)
class Methods:
    """Compares the methods of two SDKs."""

    base: Index
    revision: Index
    matches: Matches
    values: Values
    collector: Collector
    offered: frozenset[str]
    """The endpoints of the revision's document, with a method or without."""

    def compare(self) -> None:
        for at in self.matches.removed_methods:
            subject = self._alone(self.base, at, base=True)
            self.collector.add(self._removal(at), subject, endpoint=at.endpoint)
        for at in self.matches.added_methods:
            self.collector.add(methods.METHOD_ADDED, self._alone(self.revision, at), endpoint=at.endpoint)
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

    def _alone(self, index: Index, at: MethodAt, base: bool = False) -> Subject:
        """A method that is in one SDK only, with the types of its parameters."""
        alike = [hooked.symbol for hooked in index.alike(at)]
        own = at.params_type
        alone = self.matches.removed_types if base else self.matches.added_types
        types = [
            definition.name
            for definition in alone
            if own is not None and (definition.name.package, definition.name.module) == (own.package, own.module)
        ]
        public = [index.symbol(name) for name in sorted(types, key=is_nested) if name in index.public]
        return Subject(
            symbol=at.symbol,
            symbols=(at.symbol, *alike, *public),
            pointer=at.method.pointer,
            base=at.method.span if base else None,
            revision=None if base else at.method.span,
            files=index.method_files(at),
            words=(at.method.name,),
        )

    def _subject(self, pair: MethodPair) -> Subject:
        return Subject(
            symbol=pair.new.symbol,
            pointer=pair.new.method.pointer,
            base=pair.old.method.span,
            revision=pair.new.method.span,
            files=(*self.revision.method_files(pair.new), *self.base.method_files(pair.old)),
            words=(pair.new.method.name, pair.old.method.name),
        )

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
            if target is not None and target != path and not others and path not in self.revision.resources:
                moved[path] = target
                self._renamed_resource(self.base.resources[path], self.revision.resources[target])
        return moved

    def _renamed_resource(self, old: Resource, new: Resource) -> None:
        names = (resource_symbol(old.path), resource_symbol(new.path))
        renamed = [names, *self._renamed_types(old)]
        kept = all(self.collector.keeps(*both) for both in renamed)
        subject = Subject(
            symbol=names[1],
            symbols=names,
            base=old.span,
            revision=new.span,
            files=(self.revision.resource_file(new), self.base.resource_file(old)),
            words=(new.path[-1], old.path[-1]),
        )
        rule = methods.RESOURCE_RENAMED_KEPT if kept else methods.RESOURCE_RENAMED
        self.collector.add(rule, subject, detail=names[0], renamed=[] if kept else renamed, old=names[0])

    def _renamed_types(self, resource: Resource) -> list[tuple[str, str]]:
        return [names for at in self.base.methods if at.resource is resource for names in self._own_types(at)]

    def _own_types(self, at: MethodAt) -> list[tuple[str, str]]:
        """The names of a method's own types, old and new, where they differ."""
        own = at.params_type
        if own is None:
            return []
        return [
            (self.base.symbol(old), self.revision.symbol(new))
            for old, new in self.matches.renamed.items()
            if old in self.base.public and (old.package, old.module) == (own.package, own.module)
        ]

    def _name(self, pair: MethodPair) -> None:
        old, new = pair.old, pair.new
        endpoints = {"old_endpoint": old.endpoint, "endpoint": new.endpoint}
        if old.symbol == new.symbol:
            if old.endpoint != new.endpoint:
                subject = self._subject(pair)
                self.collector.add(methods.ENDPOINT_MOVED, subject, detail=old.endpoint, renamed=(), **endpoints)
            return
        own_types = self._own_types(old)
        names = [self._keepable(old, new), *own_types]
        kept = all(self.collector.keeps(*both) for both in names)
        if pair.certain:
            rule = methods.METHOD_RENAMED_KEPT if kept else methods.METHOD_RENAMED
        else:
            rule = methods.METHOD_LIKELY_RENAMED_KEPT if kept else methods.METHOD_LIKELY_RENAMED
        symbols = tuple(name for both in [(old.symbol, new.symbol), *own_types] for name in both)
        subject = attrs.evolve(self._subject(pair), symbols=symbols)
        lines = [] if kept else names
        self.collector.add(rule, subject, detail=old.symbol, renamed=lines, old=old.symbol, **endpoints)

    def _keepable(self, old: MethodAt, new: MethodAt) -> tuple[str, str]:
        """What sdk.yaml can keep under its old name: the method, or its resource if that is gone."""
        if old.method.name == new.method.name and old.resource.path not in self.revision.resources:
            return resource_symbol(old.resource.path), resource_symbol(new.resource.path)
        return old.symbol, new.symbol

    def _pair(self, pair: MethodPair) -> None:
        old, new = pair.old.method, pair.new.method
        if old == new:
            return
        subject = self._subject(pair)
        Parameters(
            base=self.base, revision=self.revision, values=self.values, collector=self.collector, pair=pair
        ).compare()
        self._response(subject, old, new)
        self._streaming(subject, old, new)
        self._sent(subject, old, new)
        deprecation(self.collector, subject, old.deprecated, new.deprecated)
        self._deprecated_values(subject, old, new)
        if (old.doc, old.returns_doc) != (new.doc, new.returns_doc):
            self.collector.add(document.DOCS_CHANGED, subject)

    def _response(self, subject: Subject, old: Method, new: Method) -> None:
        if old.response_kind is not new.response_kind:
            before, after = _RESPONSES[old.response_kind], _RESPONSES[new.response_kind]
            self.collector.add(methods.RESPONSE_KIND_CHANGED, subject, old=before, new=after)
        elif old.response_kind is ResponseKind.JSON:
            self.values.compare(subject.part("()"), old.response, new.response, RESPONSE)

    def _streaming(self, subject: Subject, old: Method, new: Method) -> None:
        before, after = old.streaming, new.streaming
        if before is not None and after is not None and before.param == after.param:
            self.values.compare(subject.part(f"({after.param}=True)"), before.item, after.item, RESPONSE)
            if before.doc != after.doc:
                self.collector.add(document.DOCS_CHANGED, subject.part(f"({after.param}=)"))
            return
        if before is not None:
            self.collector.add(methods.STREAMING_REMOVED, subject, param=before.param)
        if after is not None:
            self.collector.add(methods.STREAMING_ADDED, subject, param=after.param)

    def _sent(self, subject: Subject, old: Method, new: Method) -> None:
        if old.body is not new.body and "none" not in (old.body.value, new.body.value):
            self.collector.add(methods.BODY_KIND_CHANGED, subject, old=old.body.value, new=new.body.value)
        for header, how in changed_headers(old.headers, new.headers):
            self.collector.add(methods.METHOD_HEADER_CHANGED, subject, detail=f"{header} {how}", header=header, how=how)

    def _deprecated_values(self, subject: Subject, old: Method | HookedMethod, new: Method | HookedMethod) -> None:
        before = dict(old.deprecated_values.values) if old.deprecated_values else {}
        after = dict(new.deprecated_values.values) if new.deprecated_values else {}
        param = next((side.deprecated_values.param for side in (new, old) if side.deprecated_values), "")
        about = attrs.evolve(subject, symbol=f"{subject.symbol}({param}=)")
        for how, values in (
            ("warns of {}", [value for value in after if value not in before]),
            ("warns no longer of {}", [value for value in before if value not in after]),
            ("names another date for {}", [v for v in after if v in before and after[v] != before[v]]),
        ):
            if values:
                text = how.format(listed(map(value_text, values)))
                self.collector.add(methods.DEPRECATED_VALUES_CHANGED, about, detail=text, how=text)
        if before == after and list(before) != list(after):
            self.collector.add(types.SPELLING_CHANGED, about)
        if (
            old.deprecated_values
            and new.deprecated_values
            and old.deprecated_values.message != new.deprecated_values.message
        ):
            self.collector.add(document.DOCS_CHANGED, about)

    def _helpers(self, moved: dict[tuple[str, ...], tuple[str, ...]]) -> None:
        old = {at.symbol: at for at in self.base.hooked}
        new = {at.symbol: at for at in self.revision.hooked}
        for symbol, at in old.items():
            target = moved.get(at.resource.path)
            other = new.pop(symbol if target is None else method_symbol(target, at.method.name), None)
            if other is not None:
                self._helper(at, other)
            else:
                self.collector.add(methods.HELPER_REMOVED, self._helper_subject(at, None))
        for at in new.values():
            self.collector.add(methods.HELPER_ADDED, self._helper_subject(None, at), like=at.method.like)

    def _helper_subject(self, old: HookedAt | None, new: HookedAt | None) -> Subject:
        found = [(side, at) for side, at in ((self.base, old), (self.revision, new)) if at is not None]
        index, at = found[-1]
        return Subject(
            symbol=at.symbol,
            base=old.method.span if old else None,
            revision=new.method.span if new else None,
            files=(index.resource_file(at.resource),),
            words=(at.method.name,),
        )

    def _helper(self, old: HookedAt, new: HookedAt) -> None:
        subject = self._helper_subject(old, new)
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
        self._deprecated_values(subject, before, after)
        if (before.doc, before.api_md) != (after.doc, after.api_md):
            self.collector.add(document.DOCS_CHANGED, subject)


def changed_headers(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Constant headers that differ, and how."""
    before, after = dict(old), dict(new)
    for name in sorted({*before, *after}):
        if name not in before:
            yield name, f"with `{after[name]}`, which is new"
        elif name not in after:
            yield name, "no longer"
        elif before[name] != after[name]:
            yield name, f"with `{after[name]}` instead of `{before[name]}`"
