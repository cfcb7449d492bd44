"""Modules of the runtime that only some packages need. A package that doesn't need one gets no copy of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..ir.api import Api
from ..ir.resources import BodyKind, Method
from ..ir.walk import all_resources
from ..python.bodies import encoded_kinds

Needed = Callable[[Api], bool]


def _methods(api: Api) -> Iterator[Method]:
    return (method for resource in all_resources(api.resources) for method in resource.methods)


def _encodes(*kinds: BodyKind) -> Needed:
    return lambda api: any(not encoded_kinds(method).isdisjoint(kinds) for method in _methods(api))


def _has_alternatives(api: Api) -> bool:
    return any(len(method.body_formats) > 1 for method in _methods(api)) or _encodes(BodyKind.JSON)(api)


def _may_lack_bodies(api: Api) -> bool:
    return any(method.body_formats and not method.body_required for method in _methods(api))


OPTIONAL_RUNTIME: Mapping[str, Needed] = {
    "_request/alternatives.py": _has_alternatives,
    "_request/form.py": _encodes(BodyKind.FORM),
    "_request/json_lines.py": _encodes(BodyKind.LINES),
    "_request/members.py": lambda api: _has_alternatives(api) or _encodes(BodyKind.FORM, BodyKind.MULTIPART)(api),
    "_request/multipart.py": _encodes(BodyKind.MULTIPART),
    "_request/optional_body.py": _may_lack_bodies,
}
"""Path below `templates/runtime/` → whether a package needs it."""
