"""Facts about the parameters of one method."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ...ir.resources import Method, MethodParam, ParamLocation
from ...ir.symbols import param_symbol, value_text
from ..collector import Collector, Subject, listed
from ..matching import similarity as likeness
from ..matching.index import REQUEST, Index, MethodAt
from ..matching.match import MethodPair
from ..model import Rule
from ..rules import document, methods
from .fields import deprecation
from .values import Values

_Pairs = list[tuple[MethodParam, MethodParam]]


@attrs.frozen(kw_only=True)
class Parameters:
    """Compares the parameters of a method before and after."""

    base: Index
    revision: Index
    values: Values
    collector: Collector
    pair: MethodPair

    def compare(self) -> None:
        same, removed, added = self._matched()
        for old in removed:
            self.collector.add(methods.PARAMETER_REMOVED, self._subject(old, None))
        for new in added:
            rule = methods.PARAMETER_ADDED_REQUIRED if new.required else methods.PARAMETER_ADDED
            self.collector.add(rule, self._subject(None, new))
        for old, new in same:
            if old != new:
                self._changed(old, new)
        self._order(same)

    def _matched(self) -> tuple[_Pairs, list[MethodParam], list[MethodParam]]:
        """The same place and name on the wire, then the same Python name, then what looks the same."""
        old, new = list(self.pair.old.method.params), list(self.pair.new.method.params)
        same: _Pairs = []
        for key in (_on_the_wire, _wire_name, _name):
            waiting = {key(param): param for param in new}
            left: list[MethodParam] = []
            for param in old:
                other = waiting.pop(key(param), None)
                if other is None:
                    left.append(param)
                else:
                    same.append((param, other))
                    new.remove(other)
            old = left
        streams = {method.streaming.param for method in self._methods if method.streaming is not None}
        old, new = ([param for param in params if param.name not in streams] for params in (old, new))
        for one, other in likeness.pairs(old, new, likeness.of_fields):
            same.append((one, other))
            old.remove(one)
            new.remove(other)
        return same, old, new

    @property
    def _methods(self) -> tuple[Method, Method]:
        return self.pair.old.method, self.pair.new.method

    def _symbols(self, index: Index, at: MethodAt, param: MethodParam) -> list[str]:
        """Everywhere where users can write the parameter: the method, its hand-written twins, its dictionary type."""
        symbols = [param_symbol(at.resource.path, at.method.name, param.name)]
        symbols += [param_symbol(one.resource.path, one.method.name, param.name) for one in index.alike(at)]
        if at.params_type is not None and param.location is not ParamLocation.PATH:
            symbols.append(f"{index.symbol(at.params_type)}[{value_text(param.name)}]")
        return symbols

    def _subject(self, old: MethodParam | None, new: MethodParam | None) -> Subject:
        """At least one of the two is there."""
        found = [
            (index, at, param)
            for index, at, param in ((self.base, self.pair.old, old), (self.revision, self.pair.new, new))
            if param is not None
        ]
        index, at, param = found[-1]
        symbols = self._symbols(index, at, param)
        return Subject(
            symbol=symbols[0],
            symbols=tuple(symbols),
            pointer=param.pointer,
            base=old.span if old else None,
            revision=new.span if new else None,
            files=index.method_files(at),
            words=tuple(one.name for _, _, one in found),
            keeps_values=param.location is not ParamLocation.PATH,
        )

    def _changed(self, old: MethodParam, new: MethodParam) -> None:
        subject = self._subject(old, new)
        self._names(subject, old, new)
        if old.location is not new.location:
            self.collector.add(methods.PARAMETER_MOVED, subject, old=old.location.value, new=new.location.value)
        if old.required != new.required:
            rule = methods.PARAMETER_BECAME_REQUIRED if new.required else methods.PARAMETER_BECAME_OPTIONAL
            self.collector.add(rule, subject)
        self.values.compare(subject, old.type, new.type, REQUEST)
        if old.doc != new.doc:
            self.collector.add(document.DOCS_CHANGED, subject)
        deprecation(self.collector, subject, old.deprecated, new.deprecated)

    def _names(self, subject: Subject, old: MethodParam, new: MethodParam) -> None:
        same_wire = old.wire_name == new.wire_name
        if old.name == new.name:
            if not same_wire:
                rule = methods.PARAMETER_WIRE_NAME_CHANGED
                self.collector.add(rule, subject, detail=old.wire_name, old=old.wire_name, new=new.wire_name)
            return
        before = self._symbols(self.base, self.pair.old, old)
        names = list(zip(before, self._symbols(self.revision, self.pair.new, new)))
        calls = [both for both in names if both[0].endswith("=)")]
        kept = all(self.collector.keeps(*both) for both in calls)
        subject = attrs.evolve(subject, symbols=tuple(name for both in names for name in both))
        self.collector.add(
            _rename_rule(same_wire, kept), subject, detail=before[0], renamed=[] if kept else calls, old=before[0]
        )

    def _order(self, same: _Pairs) -> None:
        """Whether what stayed stands in another order. By position only what is in the path can be passed."""
        self._streaming_order()
        for rule, is_positional in ((methods.POSITIONAL_ORDER_CHANGED, True), (methods.PARAMETER_ORDER_CHANGED, False)):
            kept = {id(old): new for old, new in same if old.required == new.required}
            before = [kept[id(old)].name for old in self._of_path(self.pair.old, is_positional) if id(old) in kept]
            after = [new.name for new in self._of_path(self.pair.new, is_positional) if new.name in before]
            if before != after and set(before) == set(after):
                subject = attrs.evolve(self._of_method(), words=tuple(after))
                self.collector.add(rule, subject, detail=" ".join(after), old=listed(before), new=listed(after))

    def _streaming_order(self) -> None:
        """Whether the parameter that asks for a stream, which stands apart, goes before others than it did."""
        old, new = self._methods
        before = {param.name for param in old.params[: old.streaming_position]}
        after = {param.name for param in new.params[: new.streaming_position]}
        stayed = {param.name for param in old.params} & {param.name for param in new.params}
        if old.streaming is not None and new.streaming is not None and before & stayed != after & stayed:
            self.collector.add(methods.PARAMETER_ORDER_CHANGED, self._of_method(), detail=new.streaming.param, new="")

    @staticmethod
    def _of_path(at: MethodAt, is_positional: bool) -> Iterable[MethodParam]:
        return [param for param in at.method.params if (param.location is ParamLocation.PATH) is is_positional]

    def _of_method(self) -> Subject:
        at = self.pair.new
        return Subject(
            symbol=at.symbol,
            pointer=at.method.pointer,
            base=self.pair.old.method.span,
            revision=at.method.span,
            files=self.revision.method_files(at),
        )


def _rename_rule(same_wire: bool, kept: bool) -> Rule:
    if same_wire:
        return methods.PARAMETER_RENAMED_KEPT if kept else methods.PARAMETER_RENAMED
    return methods.PARAMETER_LIKELY_RENAMED_KEPT if kept else methods.PARAMETER_LIKELY_RENAMED


def _on_the_wire(param: MethodParam) -> tuple[str, str]:
    return (param.location.value, param.wire_name)


def _wire_name(param: MethodParam) -> tuple[str, str]:
    return ("", param.wire_name)


def _name(param: MethodParam) -> tuple[str, str]:
    return ("", param.name)
