"""Samples as they ought to be sent: what generated request tests compare with.

This is RFC 6570 §3.2.1 as it stands there, and shares nothing with the encoders of the runtime, as no test would see a
mistake that both have in common.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote

import attrs

from ..ir.resources import JsonLike, JsonMapping, MethodParam, ParamLocation, ParamStyle


@attrs.frozen(kw_only=True)
class _Operator:
    """A row of the table in RFC 6570, appendix A."""

    first: str = ""
    sep: str = ","
    named: bool = False
    if_empty: str = ""


_OPERATORS: Mapping[str, _Operator] = {
    "simple": _Operator(),
    "label": _Operator(first=".", sep="."),
    "matrix": _Operator(first=";", sep=";", named=True),
    "form": _Operator(sep="&", named=True, if_empty="="),
    "cookie": _Operator(sep="; ", named=True, if_empty="="),
}
_DEFAULTS = {
    ParamLocation.PATH: ParamStyle(name="simple"),
    ParamLocation.QUERY: ParamStyle(name="form", explode=True),
    ParamLocation.HEADER: ParamStyle(name="simple"),
    ParamLocation.COOKIE: ParamStyle(name="form", explode=True),
}
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_COOKIE_OCTETS = "!#$&'()*+-./:<=>?@[]^_`{|}~"


def sent_query(params: Iterable[MethodParam]) -> str:
    """Return the parts of a query that come of the samples of `params`."""
    found = [sent(param) for param in params if param.location is ParamLocation.QUERY]
    return "&".join(part for part in found if part)


def sent_headers(params: Iterable[MethodParam]) -> dict[str, str]:
    """Return the headers that come of the samples of `params`."""
    given = [param for param in params if param.sample not in (None, (), JsonMapping())]
    headers = {param.wire_name: sent(param) for param in given if param.location is ParamLocation.HEADER}
    cookies = [sent(param) for param in given if param.location is ParamLocation.COOKIE]
    return {**headers, **({"Cookie": "; ".join(cookies)} if cookies else {})}


def sent(param: MethodParam) -> str:
    """Return the sample of a parameter as it is written in its place."""
    style = param.style or _DEFAULTS[param.location]
    if style.name == "querystring" and style.explode and isinstance(param.sample, JsonMapping):
        members = [attrs.evolve(param, wire_name=key, sample=item, style=None) for key, item in param.sample.items]
        return sent_query(members)
    encode = _encoder(param, style)
    if style.name in ("json", "querystring"):
        text = json.dumps(
            _plain(param.sample), ensure_ascii=param.location is ParamLocation.HEADER, separators=(",", ":")
        )
        named = param.location in (ParamLocation.QUERY, ParamLocation.COOKIE) and style.name == "json"
        return f"{encode(param.wire_name)}={encode(text)}" if named else encode(text)
    if style.name in ("deepObject", "indices", "brackets"):
        pairs = _bracketed(param.wire_name, param.sample, style.name == "brackets")
        return "&".join(f"{encode(name)}={encode(text)}" for name, text in pairs)
    if style.name in _DELIMITERS:
        whole = _expanded(param, attrs.evolve(style, name="form"), _OPERATORS["form"], encode)
        return whole if style.explode else whole.replace(",", _DELIMITERS[style.name])
    name = "cookie" if param.location is ParamLocation.COOKIE else style.name
    if style.name == "segments":
        return _expanded(param, style, _OPERATORS["simple"], encode).replace(",", "/")
    return _expanded(param, style, _OPERATORS[name], encode)


def _expanded(param: MethodParam, style: ParamStyle, operator: _Operator, encode: Callable[[str], str]) -> str:
    value, name = param.sample, encode(param.wire_name)
    if not isinstance(value, (tuple, JsonMapping)):
        return operator.first + _named(name, encode(_text(value)), operator) if value is not None else ""
    spreads = style.explode and style.name == "form"
    pairs = [(encode(key), encode(text)) for key, text in _members(value, spreads)]
    if not pairs:
        return f"{name}=" if style.allow_empty else ""
    if not style.explode:
        flat = [text for pair in pairs for text in pair] if isinstance(value, JsonMapping) else [v for _, v in pairs]
        return operator.first + _named(name, ",".join(flat), operator)
    if isinstance(value, JsonMapping):
        return operator.first + operator.sep.join(f"{key}={text}" for key, text in pairs)
    return operator.first + operator.sep.join(_named(name, text, operator) for _, text in pairs)


def _named(name: str, text: str, operator: _Operator) -> str:
    return text if not operator.named else f"{name}={text}" if text else name + operator.if_empty


def _encoder(param: MethodParam, style: ParamStyle) -> Callable[[str], str]:
    match param.location:
        case ParamLocation.HEADER:
            return str
        case ParamLocation.COOKIE:
            return str if style.name == "cookie" else lambda text: quote(text, safe=_COOKIE_OCTETS)
        case _ if style.allow_reserved:
            in_path = param.location is ParamLocation.PATH
            safe = ":@!$&'()*+" if in_path else ":/?@!$'()*"
            more = ",;=" if isinstance(param.sample, str) else ""
            return lambda text: quote(text, safe=safe + more, errors="replace")
        case _ if style.name == "segments":
            return lambda text: quote(text, errors="replace")
        case _ if style.name == "label":
            return lambda text: quote(text, safe="", errors="replace").replace(".", "%2E")
        case _:
            return lambda text: quote(text, safe="", errors="replace")


def _members(value: tuple[JsonLike, ...] | JsonMapping, spreads: bool) -> list[tuple[str, str]]:
    """Keys and values; those of a list have no keys. `spreads`: lists in an object are several values of one key."""
    if isinstance(value, tuple):
        return [("", _text(item)) for item in value if item is not None]
    found: list[tuple[str, str]] = []
    for key, item in value.items:
        is_plain = isinstance(item, tuple) and not any(isinstance(each, (tuple, JsonMapping)) for each in item)
        parts = item if spreads and isinstance(item, tuple) and is_plain else (item,)
        found += [(key, _text(part)) for part in parts if part is not None]
    return found


def _bracketed(name: str, value: JsonLike, unnumbered: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, JsonMapping):
        for key, item in value.items:
            yield from _bracketed(f"{name}[{key}]", item, unnumbered)
    elif isinstance(value, tuple):
        for number, item in enumerate(item for item in value if item is not None):
            yield from _bracketed(f"{name}[{'' if unnumbered else number}]", item, unnumbered)
    elif value is not None:
        yield name, _text(value)


def _text(value: JsonLike) -> str:
    return value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: JsonLike) -> object:
    if isinstance(value, JsonMapping):
        return {key: _plain(item) for key, item in value.items}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
