"""Facts about security schemes as the document describes them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ...document.model import Document, OAuthFlow, SecurityScheme
from ...document.pointers import scheme_pointer
from ..collector import Collector, listed
from ..matching.pairing import keyed_by
from ..rules import document
from ..subject import Subject
from .unseen import Unseen

_URLS = (
    ("authorization_url", "authorizationUrl"),
    ("token_url", "tokenUrl"),
    ("refresh_url", "refreshUrl"),
)
_USE = (("kind", "type"), ("location", "in"), ("parameter_name", "name"), ("scheme", "scheme"))


@attrs.frozen(kw_only=True)
class Schemes:
    """Compares the security schemes of two documents."""

    documents: tuple[Document, Document]
    collector: Collector
    unseen: Unseen

    def compare(self) -> None:
        """Report what differs; of credentials that the clients send otherwise, the comparison of the clients tells."""
        schemes = keyed_by(lambda scheme: scheme.name, *(each.security_schemes for each in self.documents))
        for name, scheme in schemes.added.items():
            self._note(Subject(symbol=name, revision=scheme.span), "describes")
        for name, scheme in schemes.removed.items():
            self._note(Subject(symbol=name, base=scheme.span), "no longer describes")
        for name, (old, new) in schemes.changed.items():
            subject = Subject(symbol=name, pointer=scheme_pointer(name), base=old.span, revision=new.span)
            for field, keyword in _USE:
                before, after = getattr(old, field), getattr(new, field)
                if before != after:
                    how = _instead(keyword, before, after)
                    self.unseen.add(subject, (subject.pointer,), document.SCHEME_CHANGED, how=how)
            for how in _changes(old, new):
                self.collector.add(document.SCHEME_CHANGED, subject, detail=how, how=how)

    def _note(self, subject: Subject, how: str) -> None:
        self.collector.add(document.SCHEME_NOTED, subject, detail=how, how=how)


def _changes(old: SecurityScheme, new: SecurityScheme) -> Iterator[str]:
    if old.openid_url != new.openid_url:
        yield _instead("openIdConnectUrl", old.openid_url, new.openid_url)
    flows = keyed_by(lambda flow: flow.kind, old.flows, new.flows)
    if flows.added:
        yield f"can be had by {listed(flows.added)}"
    if flows.removed:
        yield f"can't be had by {listed(flows.removed)} any more"
    for one, other in flows.changed.values():
        yield from _flow(one, other)


def _flow(old: OAuthFlow, new: OAuthFlow) -> Iterator[str]:
    for field, keyword in _URLS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield _instead(keyword, before, after)
    gone = [scope for scope in old.scopes if scope not in new.scopes]
    come = [scope for scope in new.scopes if scope not in old.scopes]
    if gone:
        yield f"have no scope {listed(gone, joint='or')} any more"
    if come:
        yield f"have the scope {listed(come)}, which is new"


def _instead(keyword: str, old: str | None, new: str | None) -> str:
    before, after = ("nothing" if text is None else f"`{text}`" for text in (old, new))
    return f"have the `{keyword}` {after} instead of {before}"
