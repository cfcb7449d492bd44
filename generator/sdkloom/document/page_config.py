"""`pages:` of sdk.yaml: what each kind of pages needs, and whether methods name pages that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..diagnostics import page_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from .config import MethodConfig, Name, PagesConfig, ResourceConfig, SdkConfig

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "cursor": ("param", "next"),
    "item": ("param",),
    "number": ("param",),
    "offset": ("param",),
    "url": ("next",),
    "link": (),
}
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "cursor": ("param", "items", "next", "has_more"),
    "item": ("param", "before", "items", "first", "last", "id", "has_more"),
    "number": ("param", "start", "items", "next", "has_more", "total_pages"),
    "offset": ("param", "items", "next", "has_more", "total"),
    "url": ("items", "next", "has_more"),
    "link": ("param", "items", "has_more"),
}


def check_pages(config: SdkConfig, sink: DiagnosticSink) -> bool:
    """Return whether all pages have what their kind needs, and all that methods name are there. What is wrong is
    reported."""
    sound = [_check_scheme(scheme, sink) for scheme in config.pages]
    known = [scheme.name for scheme in config.pages]
    for name in _named(config.resources):
        if name.text and name.text not in known:
            hint = did_you_mean(name.text, known)
            sink.report(page_catalog.NO_PAGES, name.span, hint=hint, name=name.text)
            sound.append(False)
    return all(sound)


def _check_scheme(scheme: PagesConfig, sink: DiagnosticSink) -> bool:
    given = dict(scheme.places)
    missing = [key for key in _NEEDED[scheme.kind] if key not in given]
    useless = [key for key in given if key not in _ALLOWED[scheme.kind]]
    for key in missing:
        sink.report(page_catalog.PAGES_LACK, scheme.span, name=scheme.name, kind=scheme.kind, key=key)
    for key in useless:
        hint = f"keys of this kind are {', '.join(('kind', *_ALLOWED[scheme.kind]))}"
        sink.report(page_catalog.PAGES_KEY_USELESS, given[key].span, hint=hint, key=key, kind=scheme.kind)
    return not missing and not useless


def _named(resources: Iterable[ResourceConfig]) -> Iterator[Name]:
    for resource in resources:
        for method in resource.methods:
            if isinstance(method, MethodConfig) and method.page is not None:
                yield method.page
        yield from _named(resource.resources)
