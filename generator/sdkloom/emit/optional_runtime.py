"""Modules of the runtime that only some SDKs need. The others don't get them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..ir.api import Api
from ..ir.definitions import Alias, EnumClass, Model, Params
from ..ir.limits import HeldLimits, Limits, PatternLimit
from ..ir.resources import BodyKind, Method, ResponseKind
from ..ir.streams import StreamFormat
from ..ir.types import ListType
from ..ir.walk import all_definitions, all_resources, all_type_exprs, type_parts
from ..python.bodies import encoded_kinds
from ..python.streams import events_of, format_of, has_own_function
from ..python.wire_parameters import uses_encoders

_FORMS = (BodyKind.FORM, BodyKind.MULTIPART)


def _methods(api: Api) -> Iterator[Method]:
    return (method for resource in all_resources(api.resources) for method in resource.methods)


def _negotiates(api: Api) -> bool:
    return any(method.response_kind is ResponseKind.NEGOTIATED for method in _methods(api))


def _types_errors(api: Api) -> bool:
    return any(method.errors for method in _methods(api))


def _has_other_verbs(api: Api) -> bool:
    return any(not has_own_function(method) for method in _methods(api))


def _encodes_parameters(api: Api) -> bool:
    definitions = all_definitions(api)
    return any(uses_encoders(method, definitions) for method in _methods(api)) or _encodes(*_FORMS)(api)


def _encodes(*kinds: BodyKind) -> Callable[[Api], bool]:
    return lambda api: any(not encoded_kinds(method).isdisjoint(kinds) for method in _methods(api))


def _has_alternatives(api: Api) -> bool:
    return any(len(method.body_formats) > 1 for method in _methods(api)) or _encodes(BodyKind.JSON)(api)


def _may_lack_bodies(api: Api) -> bool:
    return any(method.body_formats and not method.body_required for method in _methods(api))


def _streams_lines(api: Api) -> bool:
    return any(format_of(method) is StreamFormat.LINES for method in _methods(api))


def _takes_sequences(api: Api) -> bool:
    parts = (part for expr in all_type_exprs(api) for part in type_parts(expr))
    return any(isinstance(part, ListType) and part.any_sequence for part in parts)


def _has_enum_classes(api: Api) -> bool:
    return any(isinstance(definition, EnumClass) for definition in all_definitions(api).values())


def _has_patterns(api: Api) -> bool:
    """Whether annotations have patterns among their limits."""
    found = all_definitions(api).values()
    limits = [each.limits for each in found if isinstance(each, Alias)]
    limits += [field.limits for each in found if isinstance(each, (Model, Params)) for field in each.fields]
    return any(map(_holds_pattern, limits))


def _holds_pattern(limits: Limits) -> bool:
    return any(isinstance(limit, PatternLimit) for limit in limits) or any(
        _holds_pattern(limit.limits) for limit in limits if isinstance(limit, HeldLimits)
    )


OPTIONAL_RUNTIME: Mapping[str, Callable[[Api], bool]] = {
    "_request/alternatives.py": _has_alternatives,
    "_request/form.py": _encodes(BodyKind.FORM),
    "_request/json_lines.py": _encodes(BodyKind.LINES),
    "_request/members.py": lambda api: _has_alternatives(api) or _encodes(*_FORMS)(api),
    "_request/multipart.py": _encodes(BodyKind.MULTIPART),
    "_request/optional_body.py": _may_lack_bodies,
    "_decoders/__init__.py": _streams_lines,
    "_decoders/jsonl.py": _streams_lines,
    "_stream_events.py": lambda api: any(events_of(method) is not None for method in _methods(api)),
    "_request/parameters.py": _encodes_parameters,
    "_responses/error_bodies.py": _types_errors,
    "_other_verbs.py": _has_other_verbs,
    "_page_schemes.py": lambda api: bool(api.pages),
    "_pages.py": lambda api: bool(api.pages),
    "_webhooks.py": lambda api: bool(api.webhooks),
    "_responses/negotiated.py": _negotiates,
    "_enums.py": _has_enum_classes,
    "_limits.py": _has_patterns,
    "_sequences.py": _takes_sequences,
    "_security.py": lambda api: bool(api.client.schemes),
    "_request/security.py": lambda api: bool(api.client.schemes),
    "_http/tokens.py": lambda api: any(scheme.grants for scheme in api.client.schemes),
    "_servers.py": lambda api: api.client.servers is not None,
}
"""Paths below `templates/runtime`, and who needs them."""


def left_out_of(api: Api) -> frozenset[str]:
    """Return the paths of the modules that the package of `api` doesn't need."""
    return frozenset(path for path, is_needed in OPTIONAL_RUNTIME.items() if not is_needed(api))
