"""Security schemes, and whether the requirements name declared ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from ..diagnostics import catalog
from ..diagnostics.nearest import did_you_mean
from .http_messages import is_header_name
from .model import OAuthFlow, SecurityRequirement, SecurityScheme
from .reader import Context, Obj

_UNKNOWN = "what it asks for can't be sent"
_GIVEN = "tokens are given to the client"
_KINDS = {
    "apiKey": {"name": _UNKNOWN, "in": _UNKNOWN},
    "http": {"scheme": "it is taken as `bearer`"},
    "oauth2": {"flows": _GIVEN},
    "openIdConnect": {"openIdConnectUrl": _GIVEN},
    "mutualTLS": {},
}
"""The types of schemes, and the keys that each must have, with what becomes of it without them."""

_FLOWS = ("clientCredentials", "password", "authorizationCode", "implicit", "deviceAuthorization")


def parse_security_schemes(components: Obj) -> tuple[SecurityScheme, ...]:
    """Read the security schemes of the document (OpenAPI 3.1 §4.8.27)."""
    return tuple([_parse_scheme(name, obj) for name, obj in components.members("securitySchemes", "Security Scheme")])


def _parse_scheme(name: str, obj: Obj) -> SecurityScheme:
    obj.check_keys()
    kind = obj.expected_text("type", _UNKNOWN)
    if kind and kind not in _KINDS:
        hint = did_you_mean(kind, _KINDS, f"types are {', '.join(_KINDS)}")
        obj.context.sink.report(catalog.UNKNOWN_SCHEME_TYPE, obj.node.entries["type"].span, hint=hint, kind=kind)
    for key, default in _KINDS.get(kind, {}).items():
        if not obj.has(key):
            obj.context.sink.report(catalog.MISSING_WITH_DEFAULT, obj.span, key=key, kind=obj.kind, default=default)
    parameter_name = obj.text("name")
    location = obj.text("in") if parameter_name else None
    is_token = kind == "apiKey" and obj.text("in") in ("header", "cookie")  # RFC 9110 §5.1, RFC 6265 §4.1.1
    if is_token and not is_header_name(obj, parameter_name or "", "security scheme"):
        location = None
    return SecurityScheme(
        name=name,
        kind=kind,
        location=location,
        parameter_name=parameter_name,
        scheme=obj.text("scheme"),
        bearer_format=obj.text("bearerFormat"),
        flows=tuple(_parse_flows(obj)) if kind == "oauth2" else (),
        openid_url=obj.text("openIdConnectUrl"),
        description=obj.text("description"),
        span=obj.span,
    )


def _parse_flows(scheme: Obj) -> Iterable[OAuthFlow]:
    flows = scheme.child("flows", "OAuth Flows")
    if flows is None:
        return
    flows.check_keys()
    for kind in _FLOWS:
        flow = flows.child(kind, "OAuth Flow")
        if flow is not None:
            flow.check_keys()
            yield OAuthFlow(
                kind=kind,
                authorization_url=flow.text("authorizationUrl"),
                token_url=flow.text("tokenUrl"),
                refresh_url=flow.text("refreshUrl"),
                scopes=tuple([name for name, *_ in flow.entries("scopes")]),
            )


def check_security(
    used: list[tuple[SecurityRequirement, ...]], schemes: tuple[SecurityScheme, ...], context: Context
) -> None:
    """Report requirements that name a scheme which isn't declared."""
    known = [scheme.name for scheme in schemes]
    for requirement in itertools.chain.from_iterable(used):
        for name, _ in requirement.schemes:
            if name not in known:
                hint = did_you_mean(name, known, "declare it in `components.securitySchemes`")
                context.sink.report(catalog.UNKNOWN_SCHEME, requirement.span, hint=hint, name=name)
