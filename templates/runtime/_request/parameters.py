"""Parameters of path, query, headers and cookies, written as the document says.

The styles are those of OpenAPI 3.1 §4.8.12.3, which are expressions of RFC 6570, and three more that some servers ask
for. Inside of a list or an object, `None` is left out (RFC 6570 §2.3), and what OpenAPI doesn't define is JSON text.
"""

from __future__ import annotations

import re
from typing import (
    Any,
    Callable,
    Collection,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Sequence,
    Tuple,
    Union,
    cast,
)
from urllib.parse import quote

from .._converters import NUMBERS_ARE_DECIMAL
from .._qs import Encoded
from .._structuring.annotations import is_dict, is_list
from .._types import NotGiven, Omit
from .json import encode_json

if NUMBERS_ARE_DECIMAL:
    from .._structuring.numbers import dumps, loads
else:
    from json import dumps, loads

Pairs = List[Tuple[str, str]]
Quote = Callable[[str], str]


class Style(NamedTuple):
    """How one parameter is written.

    `name` is a style of OpenAPI (`cookie` comes with 3.2), or `brackets` (`a[]=1`), `indices` (`a[0]=1`) or `json`;
    `querystring` is the whole query (3.2): JSON, or with `explode` a form; `segments` are several ones of the path.
    """

    name: str
    explode: bool = False
    allow_reserved: bool = False
    allow_empty: bool = False
    """Whether a list or an object without members is sent, as a name without a value."""


FORM = Style("form", explode=True)
SIMPLE = Style("simple")
Styles = Mapping[str, Style]
_NO_STYLES: Styles = {}

_DELIMITED = {"spaceDelimited": " ", "pipeDelimited": "|"}
_BRACKETED = frozenset({"deepObject", "brackets", "indices"})
_RESERVED = ":/?@!$'()*"
"""What `allowReserved` keeps. `&`, `+`, `#`, `%` and brackets would end the value or be read as something else."""
_RESERVED_IN_PATH = ":@!$&'()*+"
_RESERVED_IN_TEXTS = ",;="
"""What it keeps in a single text besides; between members these are delimiters."""


def encode_parameter(
    name: str, value: object, style: str = "form", explode: bool = True, allow_reserved: bool = False
) -> str:
    """Return a parameter as a part of a query or of a URL-encoded form: `ids=1&ids=2`; empty if nothing is sent.

    Raises:
        ValueError: if the style can't hold the value.
        TypeError: if the value has no text.
    """
    quoted = _Quoted(name, _safe(value, _RESERVED) if allow_reserved else "")
    pairs = parameter_pairs(name, value, style, explode, quoted)
    return "&".join(f"{key}={text}" for key, text in pairs)


def parameter_pairs(name: str, value: object, style: str = "form", explode: bool = True, quoted: Quote = str) -> Pairs:
    """Return the names and values that a parameter, or a field of a form, is sent as. `quoted` is applied to both.

    Raises:
        ValueError: if the style can't hold the value.
        TypeError: if the value has no text.
    """
    plain: Any = _plain(value)
    if style == "json":
        return [(quoted(name), quoted(_json(plain)))]
    if style in _BRACKETED:
        return [(quoted(key), quoted(text)) for key, text in _bracketed(name, plain, style)]
    if not _has_members(plain):
        return [] if plain is None else [(quoted(name), quoted(_text(plain)))]
    if explode:
        members = list(_spread(plain)) if is_dict(plain) else [(name, item) for item in _items(plain)]
        return [(quoted(key), quoted(_text(item))) for key, item in members]
    parts = [_text(part) for part in _flat(plain)]
    return [(quoted(name), _joined(name, parts, style, quoted))] if parts else []


def encode_query(
    values: Mapping[str, object], styles: Styles = _NO_STYLES, required: Collection[str] = ()
) -> Dict[str, Encoded]:
    """Return the parameters of a query that were given, encoded. `None` sends nothing, whatever the client sends.

    Raises:
        ValueError: if a style can't hold its value.
        TypeError: if a value has no text, or is `None` though it is required.
    """
    encoded: Dict[str, Encoded] = {}
    for name, value in values.items():
        if value is None:
            _check_needed(name, required)
        if not isinstance(value, NotGiven):
            style = styles.get(name, FORM)
            if style.name == "querystring":
                encoded[name] = Encoded(_whole_query(name, _plain(value), style.explode))
                continue
            text = encode_parameter(name, value, style.name, style.explode, style.allow_reserved)
            if not text and style.allow_empty and value is not None:
                text = _Quoted(name)(name) + "="
            encoded[name] = Encoded(text)
    return encoded


def encode_path(template: str, values: Mapping[str, object], styles: Styles = _NO_STYLES) -> str:
    """Fill path parameters in: `encode_path("/v1/{ids}", {"ids": [1, 2]})` → `/v1/1,2`.

    Raises:
        ValueError: if a value is empty, as that would change the path.
        TypeError: if a value has no text.
    """
    for name, value in values.items():
        style = styles.get(name, SIMPLE)
        text = "" if isinstance(value, NotGiven) else _expanded(name, value, style)
        if not text:
            raise ValueError(f"Expected a non-empty value for `{name}` but received {value!r}")
        template = template.replace("{" + name + "}", _not_dots(text))
    return template


def header_parameters(
    values: Mapping[str, object], styles: Styles = _NO_STYLES, required: Collection[str] = ()
) -> Dict[str, Union[str, Omit]]:
    """Return the header parameters that were given; `None` sends no header, even if the client has one.

    Nothing is percent-encoded: HTTP doesn't know that in headers.

    Raises:
        ValueError: if a list has a member with a comma, or a value isn't JSON.
        TypeError: if a value has no text, or is `None` though it is required.
    """
    headers: Dict[str, Union[str, Omit]] = {}
    for name, value in values.items():
        if value is None:
            _check_needed(name, required)
        if not isinstance(value, NotGiven):
            headers[name] = _header(name, value, styles.get(name, SIMPLE))
    return headers


def cookie_parameters(
    values: Mapping[str, object], styles: Styles = _NO_STYLES, required: Collection[str] = ()
) -> Dict[str, str]:
    """Return the header `Cookie` (RFC 6265 §4.2) with the cookies that were given; nothing if none was.

    Raises:
        ValueError: if a value can't be sent as it is, but has to be.
        TypeError: if a value has no text, or is `None` though it is required.
    """
    pairs: Pairs = []
    for name, value in values.items():
        if value is None:
            _check_needed(name, required)
        if not isinstance(value, NotGiven):
            style = styles.get(name, FORM)
            quoted = _CookieText(name, escapes=style.name != "cookie")
            pairs += parameter_pairs(name, value, style.name, style.explode, quoted)
    return {"Cookie": "; ".join(f"{name}={text}" for name, text in pairs)} if pairs else {}


def with_members(value: object, members: Sequence[str]) -> object:
    """Return a list that is given, or none, with what is always sent behind it. `None` sends nothing.

    Raises:
        TypeError: if the value is no list.
    """
    if value is None:
        return None
    if isinstance(value, NotGiven):
        return list(members)
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise TypeError(f"Expected a list but received {value!r}")
    given = list(cast("Iterable[object]", value))
    return [*given, *(member for member in members if member not in given)]


def _check_needed(name: str, required: Collection[str]) -> None:
    if name in required:
        raise TypeError(f"The parameter {name!r} is required, so it can't be None.")


def _whole_query(name: str, value: Any, is_form: bool) -> str:
    if value is None:
        return ""
    if not is_form:
        return _Quoted(name)(_json(value))
    return "&".join(filter(None, [encode_parameter(key, item) for key, item in _members(value)]))


def _header(name: str, value: object, style: Style) -> Union[str, Omit]:
    plain = _plain(value)
    if style.name == "json":
        return dumps(plain, separators=(",", ":"))
    if plain is None:
        return Omit()
    if not _has_members(plain):
        return _text(plain)
    if style.explode and is_dict(plain):
        parts = [f"{key}={_text(item)}" for key, item in _members(plain)]
    else:
        parts = [_text(part) for part in _flat(plain)]
    for part in parts:
        if "," in part and not re.fullmatch(r'(W/)?"[^"]*"', part):
            raise ValueError(f"A member of the header {name!r} has a comma in it, where the next one would begin.")
    return ",".join(parts) if parts else Omit()


def _expanded(name: str, value: object, style: Style) -> str:
    """A value of the path (RFC 6570 §3.2.2, §3.2.3, §3.2.5, §3.2.7)."""
    plain = _plain(value)
    quoted = _Quoted(name, _safe(plain, _RESERVED_IN_PATH) if style.allow_reserved else "")
    if style.name == "segments":
        texts = [_text(part) for part in (_flat(plain) if _has_members(plain) else [plain])]
        return "/".join(_not_dots(quoted(part)) for text in texts for part in text.split("/"))
    if style.name == "json":
        return quoted(_json(plain))
    if plain is None:
        return ""
    has_members = _has_members(plain)
    between = {"label": ".", "matrix": ";"}.get(style.name, ",") if style.explode else ","
    if is_dict(plain) and style.explode:
        parts = [f"{quoted(key)}={quoted(_text(item))}" for key, item in _members(plain)]
    else:
        parts = [quoted(_text(part)) for part in (_flat(plain) if has_members else [plain])]
        if style.name == "matrix" and style.explode and has_members:
            parts = [f"{quoted(name)}={part}" for part in parts]
    if style.name == "label":
        text = between.join(part.replace(".", "%2E") for part in parts)
        return f".{text}" if text else ""
    text = between.join(parts)
    if style.name != "matrix" or not parts:
        return text
    named = style.explode and has_members
    return f";{text}" if named else f";{quoted(name)}={text}" if text else f";{quoted(name)}"


def _not_dots(segment: str) -> str:
    """A segment of a path that isn't resolved away (RFC 3986 §5.2.4)."""
    return segment.replace(".", "%2E") if segment in (".", "..") else segment


def _bracketed(name: str, value: Any, style: str) -> Iterator[Tuple[str, str]]:
    """`name[key]=value`, at any depth; members of lists by their number, or by nothing."""
    if is_dict(value):
        for key, item in _members(value):
            yield from _bracketed(f"{name}[{key}]", item, style)
    elif is_list(value):
        for number, item in enumerate(_items(value)):
            yield from _bracketed(f"{name}[]" if style == "brackets" else f"{name}[{number}]", item, style)
    elif value is not None:
        yield name, _text(value)


def _joined(name: str, parts: List[str], style: str, quoted: Quote) -> str:
    delimiter = _DELIMITED.get(style)
    if delimiter is None:
        return ",".join(map(quoted, parts))
    if any(delimiter in part for part in parts):
        raise ValueError(f"A member of {name!r} has {delimiter!r} in it, which separates the members.")
    return quoted(delimiter).join(map(quoted, parts))


def _safe(value: object, reserved: str) -> str:
    return reserved + _RESERVED_IN_TEXTS if isinstance(value, str) else reserved


def _plain(value: object) -> Any:
    """The value as JSON has it: models as objects, dates as text."""
    if value is None or type(value) in (str, int, bool):
        return value
    return loads(encode_json(value))


def _has_members(value: object) -> bool:
    return isinstance(value, (dict, list))


def _members(value: Dict[Any, Any]) -> List[Tuple[str, Any]]:
    return [(key, item) for key, item in value.items() if item is not None]


def _spread(value: Dict[Any, Any]) -> Iterator[Tuple[str, Any]]:
    """The members of an object as parameters of their own: lists of plain values as those have them, `a=1&a=2`."""
    for key, item in _members(value):
        parts = _items(item) if is_list(item) else [item]
        if is_list(item) and any(map(_has_members, parts)):
            parts = [item]
        yield from ((key, part) for part in parts)


def _items(value: List[Any]) -> List[Any]:
    return [item for item in value if item is not None]


def _flat(value: Any) -> List[Any]:
    """The members of a list, or the keys and values of an object."""
    if is_dict(value):
        return [part for pair in _members(value) for part in pair]
    return _items(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Quoted:
    """Percent-encodes (RFC 3986 §2.1) a part of the parameter `name`."""

    def __init__(self, name: str, safe: str = "") -> None:
        self._name = name
        self._safe = safe

    def __call__(self, text: str) -> str:
        try:
            return quote(text, safe=self._safe)
        except UnicodeEncodeError:
            problem = "has half of a surrogate pair in it, which can't be sent."
            raise ValueError(f"The parameter {self._name!r} {problem}") from None


class _CookieText:
    """Leaves what may stand in a cookie (RFC 6265 §4.1.1) as it is, and percent-encodes the rest or refuses it."""

    def __init__(self, name: str, escapes: bool) -> None:
        self._name = name
        self._escapes = escapes

    def __call__(self, text: str) -> str:
        if self._escapes:
            return quote(text, safe="!#$&'()*+-./:<=>?@[]^_`{|}~")
        if re.fullmatch(r"[!#-+\--:<-\[\]-~]*", text) is None:
            raise ValueError(f"The cookie {self._name!r} has a character in it that no cookie may have.")
        return text
