"""Facts about the parameters of one method."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import attrs

from ...ir.resources import Method, MethodParam, ParamLocation
from ...ir.symbols import type_text
from ...ir.types import ListType
from ..collector import Collector, listed
from ..matching import similarity
from ..matching.index import REQUEST, Index, MethodAt
from ..matching.match import MethodPair
from ..matching.pairing import Paired, paired
from ..rules import methods
from ..subject import Subject, joined
from .documentation import report_deprecation, report_docs
from .renames import report_rename
from .values import Values

_Pairs = list[tuple[MethodParam, MethodParam]]

_KEYS: tuple[Callable[[MethodParam], object], ...] = (
    lambda param: (param.location, param.wire_name),
    lambda param: param.wire_name,
    lambda param: param.name,
)


@attrs.frozen(kw_only=True)
class Parameters:
    """Compares the parameters of a method before and after."""

    base: Index
    revision: Index
    values: Values
    collector: Collector
    pair: MethodPair
    with_body: bool = True
    """Whether what goes into the body is compared."""

    def compare(self) -> None:
        """Report what differs."""
        params = self._paired()
        for old in params.removed:
            self.collector.add(methods.PARAMETER_REMOVED, self.base.of_param(self.pair.old, old))
        for new in params.added:
            rule = methods.PARAMETER_ADDED_REQUIRED if new.required else methods.PARAMETER_ADDED
            self.collector.add(rule, self.revision.of_param(self.pair.new, new))
        same = params.certain + params.similar
        for old, new in same:
            if old != new:
                self._changed(old, new)
        self._order(same)

    def _paired(self) -> Paired[MethodParam]:
        """The same place and name on the wire, then the same position in the path, then the same name anywhere, then
        the same Python name, then what looks the same. The parameter that asks for a stream is told with the stream."""
        streams = {method.streaming.param for method in self._methods if method.streaming is not None}
        old, new = self._methods
        by_method = {id(param): method for method in (old, new) for param in method.params}

        def position(param: MethodParam) -> Hashable:
            place = position_in(by_method[id(param)].path, param)
            return ("name", param.location, param.wire_name) if place is None else ("path", place)

        before, after = (
            [param for param in each.params if self.with_body or param.location is not ParamLocation.BODY]
            for each in (old, new)
        )
        return paired(
            before,
            after,
            (_KEYS[0], position, *_KEYS[1:]),
            similarity.of_fields,
            lambda param: param.name not in streams,
        )

    @property
    def _methods(self) -> tuple[Method, Method]:
        return self.pair.old.method, self.pair.new.method

    def _changed(self, old: MethodParam, new: MethodParam) -> None:
        before, after = self.base.of_param(self.pair.old, old), self.revision.of_param(self.pair.new, new)
        subject = joined(before, after)
        if old.name != new.name:
            same_wire = old.wire_name == new.wire_name or self._is_in_path(old, new)
            rules = methods.PARAMETER_RENAMED if same_wire else methods.PARAMETER_LIKELY_RENAMED
            names = list(zip(before.symbols, after.symbols))
            calls = [both for both in names if both[0].endswith("=)")]
            report_rename(self.collector, rules, subject, names, calls)
        elif old.wire_name != new.wire_name and not self._is_in_path(old, new):
            rule = methods.PARAMETER_WIRE_NAME_CHANGED
            self.collector.add(rule, subject, detail=old.wire_name, old=old.wire_name, new=new.wire_name)
        if old.location is not new.location:
            self.collector.add(methods.PARAMETER_MOVED, subject, old=old.location.value, new=new.location.value)
        if old.required != new.required:
            rule = methods.PARAMETER_BECAME_REQUIRED if new.required else methods.PARAMETER_BECAME_OPTIONAL
            self.collector.add(rule, subject)
        if old.positional != new.positional:
            rule = methods.PARAMETER_POSITIONAL if new.positional else methods.PARAMETER_KEYWORD_ONLY
            self.collector.add(rule, subject)
        if _takes_one_as_list(new) and old.style == new.style and new.type == ListType(old.type):
            texts = {"old": f"`{type_text(old.type)}`", "new": f"`{type_text(new.type)}`"}
            self.collector.add(methods.PARAMETER_BECAME_LIST, subject, detail="", renamed=(), **texts)
        else:
            self.values.compare(subject, old.type, new.type, REQUEST)
        report_docs(self.collector, subject, (old.doc, old.example), (new.doc, new.example))
        report_deprecation(self.collector, subject, old.deprecated, new.deprecated)

    @staticmethod
    def _is_in_path(old: MethodParam, new: MethodParam) -> bool:
        """Whether both stand in the path: their names there aren't sent."""
        return old.location is ParamLocation.PATH and new.location is ParamLocation.PATH

    def _order(self, same: _Pairs) -> None:
        """Whether what stayed stands in another order, or behind what could only be given by name."""
        self._streaming_order()
        kept = {id(old): new for old, new in same if old.required == new.required}
        for rule, is_positional in ((methods.POSITIONAL_ORDER_CHANGED, True), (methods.PARAMETER_ORDER_CHANGED, False)):
            before = [kept[id(old)].name for old in self._positional(self.pair.old, is_positional) if id(old) in kept]
            stayed = {new.name for new in kept.values()} if is_positional else {*before}
            after = [new.name for new in self._positional(self.pair.new, is_positional) if new.name in stayed]
            if after[: len(before)] != before and {*before} <= {*after}:
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
    def _positional(at: MethodAt, is_positional: bool) -> Iterable[MethodParam]:
        return [param for param in at.method.params if param.positional is is_positional]

    def _of_method(self) -> Subject:
        return joined(self.base.of_method(self.pair.old), self.revision.of_method(self.pair.new))


def _takes_one_as_list(param: MethodParam) -> bool:
    """Whether a list of one value is written as the value is: `?tag=new`."""
    style = param.style.name if param.style else "form"
    return param.location is ParamLocation.QUERY and style in ("form", "spaceDelimited", "pipeDelimited")


def position_in(path: str, param: MethodParam) -> int | None:
    """Return which placeholder of the path a parameter fills, from 0; `None` if it isn't in the path."""
    before, found, _ = path.partition(f"{{{param.wire_name}}}")
    return before.count("{") if found and param.location is ParamLocation.PATH else None
