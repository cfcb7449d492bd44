"""The names of events in sdk.yaml, against those that the document describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import did_you_mean, nearest
from ..diagnostics.span import Span
from ..document.config import StreamEventsConfig
from ..ir.handled import Definitions, union_of_type
from ..ir.resources import Method, Resource
from ..ir.streams import StreamFormat
from ..ir.types import TypeExpr
from ..ir.walk import all_resources


def delivered_events(
    config: StreamEventsConfig, resources: Iterable[Resource], definitions: Definitions, sink: DiagnosticSink
) -> tuple[str, ...]:
    """Return the names of the events that are items: those of sdk.yaml, and those that only the document knows.

    The document names events by the tags of the unions that are streamed. Where sdk.yaml lists none of them, names
    are no tags, and there is nothing to compare.
    """
    described = dict(_described(resources, definitions))
    names = {name.text for name in config.names}
    if not names & described.keys():
        return config.items
    for name in config.names:
        if name.text not in described and name.text not in config.undocumented:
            hint = did_you_mean(name.text, described)
            sink.report(catalog.EVENT_UNKNOWN, name.span, hint=hint, name=name.text)
    listed = names.union(config.skipped, [config.error] if config.error else [])
    for name in config.skipped_names:
        similar = nearest(name.text, [known for known in described if known not in listed])
        if name.text not in described and name.text not in config.undocumented and similar is not None:
            sink.report(catalog.EVENT_UNKNOWN, name.span, hint=f"did you mean `{similar}`?", name=name.text)
    if not config.items:
        return ()  # all are items
    unlisted = [name for name in described if name not in listed]
    for name in unlisted:
        related = [Related(message="the lists are here", span=config.span)]
        sink.report(catalog.EVENT_UNLISTED, described[name], related=related, name=name)
    return (*config.items, *unlisted)


def _described(resources: Iterable[Resource], definitions: Definitions) -> Iterator[tuple[str, Span]]:
    for resource in all_resources(resources):
        for item in filter(None, map(_item, resource.methods)):
            union = union_of_type(item, definitions)
            for variant in union.variants if union is not None else ():
                known = definitions.get(variant.type)
                for tag in variant.tags:
                    yield str(tag), known.span if known is not None else resource.span


def _item(method: Method) -> TypeExpr | None:
    """The type of the events of a method, if it has any."""
    content = method.streaming.content if method.streaming is not None else method.stream_content
    if content is None or content.format is not StreamFormat.EVENTS:
        return None
    return method.streaming.item if method.streaming is not None else method.response
