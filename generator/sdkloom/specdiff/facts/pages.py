"""Facts about pages: which methods give them, and what their classes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...ir.pages import MethodPage, PagePlaces, PageScheme
from ..collector import Collector
from ..matching.index import RESPONSE, Index
from ..rules import methods
from ..subject import Subject, joined
from .fields import Fields
from .values import Values


def report_come_or_gone(
    collector: Collector,
    subject: Subject,
    old: MethodPage | None,
    schemes: Iterable[PageScheme],
    new: MethodPage | None,
) -> None:
    """Report that a method gives pages, or no longer does. `schemes` are those of the revision."""
    if new is not None:
        attribute = next((scheme.attribute for scheme in schemes if scheme.name == new.scheme), "data")
        collector.add(methods.PAGES_ADDED, subject, new=f"Sync{new.scheme}", attribute=attribute)
    elif old is not None:
        collector.add(methods.PAGES_REMOVED, subject, old=f"Sync{old.scheme}")


def report_other_class(collector: Collector, subject: Subject, old: MethodPage, new: MethodPage) -> None:
    """Report that a method gives pages of another class, or has their items elsewhere."""
    if old.scheme != new.scheme:
        collector.add(methods.PAGE_CLASS_CHANGED, subject, old=f"Sync{old.scheme}", new=f"Sync{new.scheme}")
    for what, was, now in (("items", old.items, new.items), ("in_body", str(old.in_body), str(new.in_body))):
        if was != now:
            how = f"`{what}` is `{now}` instead of `{was}`"
            collector.add(methods.PAGES_CHANGED, subject, detail=what, how=how)


@attrs.frozen(kw_only=True)
class PageClasses:
    """Compares the classes of pages of two SDKs. What comes or goes shows in the methods that give it."""

    base: Index
    revision: Index
    values: Values
    collector: Collector

    def compare(self) -> None:
        """Report what differs."""
        before = {scheme.name: scheme for scheme in self.base.api.pages}
        for new in self.revision.api.pages:
            old = before.get(new.name)
            if old is not None and old != new:
                self._pair(old, new)

    def _pair(self, old: PageScheme, new: PageScheme) -> None:
        subject = joined(self.base.of_type(old.as_model), self.revision.of_type(new.as_model))
        for key, how in _differences(old, new):
            self.collector.add(methods.PAGES_CHANGED, subject, detail=key, how=how)
        Fields(
            old=old.as_model,
            new=new.as_model,
            base=self.base,
            revision=self.revision,
            around=subject,
            directions=RESPONSE,
            values=self.values,
            collector=self.collector,
        ).compare()


def _differences(old: PageScheme, new: PageScheme) -> Iterator[tuple[str, str]]:
    found = [("kind", old.kind.value, new.kind.value), ("start", str(old.start), str(new.start))]
    names = [field.name for field in attrs.fields(PagePlaces) if field.name != "items"]
    found += [(name, getattr(old.places, name), getattr(new.places, name)) for name in names]
    found.append(("the list", old.attribute, new.attribute))
    for name, was, now in found:
        if was != now:
            yield name, f"`{name}` is `{now}` instead of `{was}`" if was and now else f"`{name}`: `{now or was}`"
