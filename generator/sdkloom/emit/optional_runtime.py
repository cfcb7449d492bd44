"""Modules of the runtime that only some SDKs need. The others don't get them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..ir.api import Api
from ..ir.resources import Method, ResponseKind
from ..ir.walk import all_definitions, all_resources
from ..python.signatures import OWN_VERBS
from ..python.wire_parameters import uses_encoders


def _methods(api: Api) -> Iterator[Method]:
    return (method for resource in all_resources(api.resources) for method in resource.methods)


def _negotiates(api: Api) -> bool:
    return any(method.response_kind is ResponseKind.NEGOTIATED for method in _methods(api))


def _types_errors(api: Api) -> bool:
    return any(method.errors for method in _methods(api))


def _gives_headers(api: Api) -> bool:
    return any(method.response_kind is ResponseKind.HEADERS for method in _methods(api))


def _has_other_verbs(api: Api) -> bool:
    return any(method.verb.lower() not in OWN_VERBS for method in _methods(api))


def _encodes_parameters(api: Api) -> bool:
    definitions = all_definitions(api)
    return any(uses_encoders(method, definitions) for method in _methods(api))


OPTIONAL_RUNTIME: Mapping[str, Callable[[Api], bool]] = {
    "_request/parameters.py": _encodes_parameters,
    "_responses/error_bodies.py": _types_errors,
    "_other_verbs.py": _has_other_verbs,
    "_responses/headers.py": _gives_headers,
    "_webhooks.py": lambda api: bool(api.webhooks),
    "_responses/negotiated.py": _negotiates,
    "_security.py": lambda api: bool(api.client.schemes),
    "_request/security.py": lambda api: bool(api.client.schemes),
    "_http/tokens.py": lambda api: any(scheme.grants for scheme in api.client.schemes),
    "_servers.py": lambda api: api.client.servers is not None,
}
"""Paths below `templates/runtime`, and who needs them."""


def left_out_of(api: Api) -> frozenset[str]:
    """Return the paths of the modules that the package of `api` doesn't need."""
    return frozenset(path for path, is_needed in OPTIONAL_RUNTIME.items() if not is_needed(api))
