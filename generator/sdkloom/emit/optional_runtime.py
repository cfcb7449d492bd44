"""Modules of the runtime that only some SDKs need. The others don't get them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..ir.api import Api
from ..ir.resources import StreamFormat
from ..ir.walk import all_definitions, all_resources
from ..python.streams import format_of
from ..python.wire_parameters import uses_encoders


def _encodes_parameters(api: Api) -> bool:
    definitions = all_definitions(api)
    methods = (method for resource in all_resources(api.resources) for method in resource.methods)
    return any(uses_encoders(method, definitions) for method in methods)


def _streams_lines(api: Api) -> bool:
    methods = (method for resource in all_resources(api.resources) for method in resource.methods)
    return any(format_of(method) is StreamFormat.LINES for method in methods)


OPTIONAL_RUNTIME: Mapping[str, Callable[[Api], bool]] = {
    "_lines.py": _streams_lines,
    "_request/parameters.py": _encodes_parameters,
}
"""Paths below `templates/runtime`, and who needs them."""


def left_out_of(api: Api) -> frozenset[str]:
    """Return the paths of the modules that the package of `api` doesn't need."""
    return frozenset(path for path, is_needed in OPTIONAL_RUNTIME.items() if not is_needed(api))
