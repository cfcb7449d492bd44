"""What of methods differs where nothing else tells it: most of it is what sdk.yaml says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ...document.model import Document, Operation, SecurityRequirement
from ...ir.resources import ErrorCase, Method, MethodParam, ParamLocation, ParamStyle
from ...ir.types import NamedType, TypeExpr
from ..collector import Collector, listed
from ..matching.index import Index, MethodAt
from ..matching.match import Matches, MethodPair
from ..matching.pairing import keyed, keyed_by
from ..model import Rule
from ..rules import client, document, methods
from ..subject import Subject, joined
from .credentials import enough
from .operations import changed_security, endpoint_of
from .values import Values

_SECURITY = frozenset(
    {
        document.SECURITY_CHANGED.id,
        document.SECURITY_REPLACED.id,
        document.SECURITY_TIGHTENED.id,
        document.SECURITY_LOOSENED.id,
    }
)
_ERRORS = frozenset(
    {document.ERROR_CHANGED.id, document.ERROR_NOTED.id, document.ERROR_ADDED.id, document.ERROR_REMOVED.id}
)


@attrs.frozen(kw_only=True)
class Remaining:
    """Compares methods again, when all other facts are found."""

    base: Index
    revision: Index
    documents: tuple[Document, Document]
    matches: Matches
    values: Values
    collector: Collector
    _rules: dict[str, set[str]] = attrs.field(factory=dict[str, "set[str]"], init=False)
    """The rules that tell something of a symbol."""

    def compare(self) -> None:
        """Report what differs."""
        for finding in self.collector.findings:
            self._note(finding.rule, finding.symbols)
        operations = [{endpoint_of(each): each for each in spec.operations} for spec in self.documents]
        for pair in self.matches.methods:
            subject = joined(self.base.of_method(pair.old), self.revision.of_method(pair.new))
            if pair.old.method != pair.new.method:
                self._styles(pair)
                self._errors(pair, subject)
                self._sent(pair, subject)
            self._security(pair, subject, *operations)
            self._order(pair, subject)

    def _note(self, rule: Rule, symbols: Iterable[str]) -> None:
        for symbol in symbols:
            self._rules.setdefault(symbol, set()).add(rule.id)

    def _told(self, subject: Subject) -> set[str]:
        return {rule for symbol in subject.symbols or (subject.symbol,) for rule in self._rules.get(symbol, ())}

    def _styles(self, pair: MethodPair) -> None:
        """Parameters, and members of forms, of the same type that are written in another way."""
        for old, new in keyed_by(_place, pair.old.method.params, pair.new.method.params).both.values():
            styles = keyed(_styles_of(pair.old.method, old), _styles_of(pair.new.method, new)).changed.values()
            subject = joined(self.base.of_param(pair.old, old), self.revision.of_param(pair.new, new))
            if styles and self.values.mapped(old.type) == new.type and not self._told(subject):
                before, after = next(iter(styles))
                self.collector.add(methods.PARAMETER_STYLE_CHANGED, subject, old=_style(before), new=_style(after))
                self._note(methods.PARAMETER_STYLE_CHANGED, subject.symbols)

    def _errors(self, pair: MethodPair, subject: Subject) -> None:
        """Bodies of failures that are of another type."""
        old, new = (_by_status(at) for at in (pair.old, pair.new))
        for status in {**old, **new}:
            before, after = old.get(status), new.get(status)
            before = None if before is None else self.values.mapped(before)
            names = [each.name for each in (before, after) if isinstance(each, NamedType)]
            is_told = self._told(subject) & _ERRORS or any(
                index.symbol(name) in self._rules for index in (self.base, self.revision) for name in names
            )
            if before != after and not is_told:
                facts = {"endpoint": f"`{pair.new.endpoint}`", "status": status}
                self.collector.add(document.ERROR_CHANGED, subject, detail=status, renamed=(), **facts)

    def _sent(self, pair: MethodPair, subject: Subject) -> None:
        old, new = pair.old.method, pair.new.method
        if _sent(old) == _sent(new):
            return
        symbols = [subject.symbol, *(self.revision.of_param(pair.new, param).symbol for param in new.params)]
        around = f"{new.pointer}/"
        is_told = any(symbol in self._rules for symbol in symbols) or any(
            finding.pointer.startswith(around) for finding in self.collector.findings
        )
        if not is_told:
            self.collector.add(document.OTHER_CHANGE, subject)

    def _security(
        self, pair: MethodPair, subject: Subject, old: Mapping[str, Operation], new: Mapping[str, Operation]
    ) -> None:
        """What a method needs by sdk.yaml."""
        if pair.old.method.security == pair.new.method.security or self._told(subject) & _SECURITY:
            return
        before = _needed(pair.old, self.base, self.documents[0], old)
        after = _needed(pair.new, self.revision, self.documents[1], new)
        for rule, facts in changed_security(before, after):
            self.collector.add(rule, subject, detail="", renamed=(), what=f"`{pair.new.endpoint}`", **facts)

    def _order(self, pair: MethodPair, subject: Subject) -> None:
        """Which credentials a method sends where several are set."""
        clients = [index.api.client for index in (self.base, self.revision)]
        if not any(each.schemes for each in clients):
            return  # it is the same for all methods, and told of the clients
        old, new = (enough(each, at.method.security) for each, at in zip(clients, (pair.old, pair.new)))
        order = [each for each in new if each in old]
        if order != [each for each in old if each in new]:
            texts = ", then ".join(listed(each, "none") for each in order)
            self.collector.add(client.CREDENTIAL_ORDER_CHANGED, subject, detail="", renamed=(), new=texts)


def _sent(method: Method) -> tuple[object, ...]:
    """What has no rule of its own here: the document's media types, statuses and encodings have. All types that are
    accepted are equally welcome (RFC 9110 §12.5.1)."""
    formats = [(each.kind, each.media_type, each.encodings) for each in method.body_formats]
    return sorted(method.accept), method.not_modified, formats


def _styles_of(method: Method, param: MethodParam) -> dict[str, ParamStyle | None]:
    """How a parameter is written: a member of forms in each of them, by media type."""
    if param.location is not ParamLocation.BODY:
        return {"": param.style}
    return {
        each.media_type: next((member.style for member in each.encodings if member.name == param.wire_name), None)
        for each in method.body_formats
    }


def _place(param: MethodParam) -> tuple[str, str]:
    return param.location.value, param.wire_name


def _style(style: ParamStyle | None) -> str:
    if style is None:
        return "the default"
    return f"`{style.name}, explode: {str(style.explode).lower()}{', allowReserved' if style.allow_reserved else ''}`"


def _by_status(at: MethodAt) -> dict[str, TypeExpr]:
    errors: tuple[ErrorCase, ...] = at.method.errors
    return {case.status: case.type for case in errors}


def _needed(
    at: MethodAt, index: Index, spec: Document, operations: Mapping[str, Operation]
) -> tuple[SecurityRequirement, ...]:
    """The alternatives of what a method needs: its own, or those of the client, or those of the document."""
    needed = at.method.security
    if needed is None and index.api.client.schemes:
        needed = index.api.client.security
    if needed is not None:
        return tuple(SecurityRequirement(schemes=alternative) for alternative in needed)
    operation = operations.get(at.endpoint)
    return spec.security if operation is None or operation.security is None else operation.security
