"""The names of events in sdk.yaml, against those that the document describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import attrs

from ..diagnostics import stream_catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import did_you_mean, nearest
from ..diagnostics.span import Span
from ..document.config import StreamEventsConfig
from ..ir.api import Api
from ..ir.definitions import Definitions
from ..ir.handled import union_of_type
from ..ir.resources import Method, Resource
from ..ir.streams import StreamContent, StreamFormat
from ..ir.walk import all_definitions, all_resources

Endpoint = tuple[str, str]
"""Verb (in lower case) and path."""


def with_delivered_events(
    api: Api, client: StreamEventsConfig, methods: Mapping[Endpoint, StreamEventsConfig], sink: DiagnosticSink
) -> Api:
    """Return the SDK in which the events that the document describes and sdk.yaml doesn't list are items, too.

    `methods` are those with events of their own.
    """
    definitions = all_definitions(api)
    others = [_described(method, resource, definitions) for resource, method in _methods(api, methods, is_own=False)]
    items = _delivered(client, dict(chain.from_iterable(others)), sink)
    own: dict[Endpoint, tuple[str, ...]] = {}
    for resource, method in _methods(api, methods, is_own=True):
        place = _endpoint(method)
        own[place] = _delivered(methods[place], dict(_described(method, resource, definitions)), sink)
    events = attrs.evolve(api.client.stream_events, items=items)
    return attrs.evolve(
        api,
        client=attrs.evolve(api.client, stream_events=events),
        resources=tuple(_with_items(resource, own) for resource in api.resources) if own else api.resources,
    )


def _content(method: Method) -> StreamContent | None:
    """What the stream of a method consists of, if it has one."""
    return method.streaming.content if method.streaming is not None else method.stream_content


def _endpoint(method: Method) -> Endpoint:
    return method.verb.lower(), method.path


def _methods(
    api: Api, own: Mapping[Endpoint, StreamEventsConfig], *, is_own: bool
) -> Iterator[tuple[Resource, Method]]:
    for resource in all_resources(api.resources):
        yield from ((resource, method) for method in resource.methods if (_endpoint(method) in own) is is_own)


def _with_items(resource: Resource, items: Mapping[Endpoint, tuple[str, ...]]) -> Resource:
    return attrs.evolve(
        resource,
        methods=tuple(_with_own_items(method, items.get(_endpoint(method))) for method in resource.methods),
        children=tuple(_with_items(child, items) for child in resource.children),
    )


def _with_own_items(method: Method, items: tuple[str, ...] | None) -> Method:
    content = _content(method)
    if items is None or content is None or content.events is None:
        return method
    content = attrs.evolve(content, events=attrs.evolve(content.events, items=items))
    if method.streaming is None:
        return attrs.evolve(method, stream_content=content)
    return attrs.evolve(method, streaming=attrs.evolve(method.streaming, content=content))


def _delivered(config: StreamEventsConfig, described: Mapping[str, Span], sink: DiagnosticSink) -> tuple[str, ...]:
    """Return the names of the events that are items: those of sdk.yaml, and those that only the document knows.

    The document names events by the tags of the unions that are streamed. Where sdk.yaml lists none of them, names
    are no tags, and there is nothing to compare.
    """
    names = {name.text for name in config.names}
    if not names & described.keys():
        return config.items
    for name in config.names:
        if name.text not in described and name.text not in config.undocumented:
            hint = did_you_mean(name.text, described)
            sink.report(stream_catalog.EVENT_UNKNOWN, name.span, hint=hint, name=name.text)
    listed = names.union(config.skipped, [config.error] if config.error else [])
    for name in config.skipped_names:
        similar = nearest(name.text, [known for known in described if known not in listed])
        if name.text not in described and name.text not in config.undocumented and similar is not None:
            sink.report(stream_catalog.EVENT_UNKNOWN, name.span, hint=f"did you mean `{similar}`?", name=name.text)
    if not config.items:
        return ()  # all are items
    unlisted = [name for name in described if name not in listed]
    for name in unlisted:
        related = [Related(message="the lists are here", span=config.span)]
        sink.report(stream_catalog.EVENT_UNLISTED, described[name], related=related, name=name)
    return (*config.items, *unlisted)


def _described(method: Method, resource: Resource, definitions: Definitions) -> Iterator[tuple[str, Span]]:
    """Yield the tags of the events of a method, if it has any, and where they are described."""
    content = _content(method)
    if content is None or content.format is not StreamFormat.EVENTS:
        return
    union = union_of_type(method.streaming.item if method.streaming is not None else method.response, definitions)
    for variant in union.variants if union is not None else ():
        known = definitions.get(variant.type)
        for tag in variant.tags:
            yield str(tag), known.span if known is not None else resource.span
