"""Modules of the runtime that only some SDKs need: the others go without."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..ir.api import Api
from ..ir.resources import Method, StreamFormat
from ..ir.walk import all_resources


def _streams_lines(api: Api) -> bool:
    return any(_is_of_lines(method) for resource in all_resources(api.resources) for method in resource.methods)


def _is_of_lines(method: Method) -> bool:
    content = method.streaming.content if method.streaming is not None else method.stream_content
    return content is not None and content.format is StreamFormat.LINES


OPTIONAL_RUNTIME: Mapping[str, Callable[[Api], bool]] = {
    "_lines.py": _streams_lines,
}
"""Path below `templates/runtime/` → whether an SDK needs it."""


def is_needed(path: str, api: Api) -> bool:
    """Return whether an SDK needs the module of the runtime at `path`."""
    predicate = OPTIONAL_RUNTIME.get(path)
    return predicate is None or predicate(api)
