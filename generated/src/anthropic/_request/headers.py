"""Headers: merging, credentials, and the check that a header can be sent at all."""

from __future__ import annotations

from typing import Dict, Mapping, Tuple, Union

from .._exceptions import InvalidHeaderError
from .._sdk import SDK
from .._sdk_settings import Credential
from .._types import Omit

MergedHeaders = Dict[str, Tuple[str, str]]
"""Headers by lower-case name: the name as written, and the value."""

_PUNCTUATION = str.maketrans("", "", "!#$%&'*+-.^_`|~")


def merge_headers(*layers: Mapping[str, Union[str, Omit]]) -> MergedHeaders:
    """Return the headers of all layers. Later ones win, whatever the case of the names. An `Omit` removes a header."""
    merged: MergedHeaders = {}
    for layer in layers:
        for name, value in layer.items():
            key = name.lower()
            merged.pop(key, None)
            if not isinstance(value, Omit):
                merged[key] = (name, value)
    return merged


def encode_headers(merged: MergedHeaders) -> list[tuple[bytes, bytes]]:
    """Return the headers as bytes.

    Raises:
        InvalidHeaderError: if a name or a value can't be sent: RFC 9110 §5.1, §5.5. The text doesn't show the value.
        TypeError: if a value is not a string.
    """
    return [(_name(name), _value(name, value)) for name, value in merged.values()]


def _name(name: str) -> bytes:
    letters = name.translate(_PUNCTUATION)
    if not name or not letters.isascii() or not (letters.isalnum() or not letters):
        raise InvalidHeaderError(f"{name!r} is no name of a header.")
    return name.encode("ascii")


def _value(name: str, value: object) -> bytes:
    if not isinstance(value, str):
        value = _text(name, value)
    if value and not (value.isascii() and value.isprintable() and value[0] != " " != value[-1]):
        problem = value_problem(value)
        if problem:
            raise InvalidHeaderError(f"The header {name!r} can't be sent: its value has {problem}.")
    return value.encode("ascii")


def _text(name: str, value: object) -> str:
    """The text of a UUID, a decimal, a date or a member of an enum."""
    from json import loads

    from .json import encode_json

    try:
        encoded = b"" if isinstance(value, bytes) else encode_json(value)
    except (TypeError, ValueError):
        encoded = b""
    if encoded[:1] == b'"':
        return str(loads(encoded))
    raise TypeError(f"The value of the header {name!r} must be a string, not {type(value).__name__}.")


def with_host(merged: MergedHeaders, raw: list[tuple[bytes, bytes]], host: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers, with `Host` first (RFC 9110 §7.2) unless the user gave one."""
    return raw if "host" in merged else [(b"Host", host), *raw]


def value_problem(value: str) -> str | None:
    """Return what keeps a text from being the value of a header, if something does: RFC 9110 §5.5."""
    if "\r" in value or "\n" in value:
        return "a line break"
    if not value.isascii():
        return "a character outside of ASCII"
    if value != value.strip(" \t"):
        return "white space at an end"
    return None if value.replace("\t", "").isprintable() else "a control character"


def credential_headers(client: object) -> Dict[str, str]:
    """Return the header of the first credential that is set."""
    for credential in SDK.credentials:
        secret = getattr(client, credential.option)
        if secret is not None:
            return {credential.header: _secret(credential, secret)}
    return {}


def _secret(credential: Credential, secret: object) -> str:
    if not isinstance(secret, str):
        raise TypeError(f"{credential.option} must be a string, not {type(secret).__name__}.")
    problem = value_problem(secret)
    if problem:
        raise InvalidHeaderError(f"The {credential.option} can't be sent in a header: it has {problem}.")
    return credential.prefix + secret


def check_credentials(client: object, merged: MergedHeaders, given: Mapping[str, Union[str, Omit]]) -> None:
    """Refuse a request without a credential, unless the caller omits its header on purpose.

    Raises:
        TypeError: if there is none.
    """
    if not SDK.credentials:
        return
    for credential in SDK.credentials:
        if getattr(client, credential.option) and credential.header.lower() in merged:
            return
        if isinstance(given.get(credential.header), Omit):
            return
    raise TypeError(_unresolved())


def _unresolved() -> str:
    options = [credential.option for credential in SDK.credentials]
    headers = [f"`{credential.header}`" for credential in SDK.credentials]
    expected = f"either {' or '.join(options)}" if len(options) > 1 else options[0]
    omitted = f"one of the {' or '.join(headers)} headers" if len(headers) > 1 else f"the {headers[0]} header"
    return (
        '"Could not resolve authentication method. '
        f'Expected {expected} to be set. Or for {omitted} to be explicitly omitted"'
    )


def is_incomplete_content_type(name: bytes, value: bytes) -> bool:
    """Whether this asks for a multipart form without saying its boundary: httpx then writes the header itself."""
    return name.lower() == b"content-type" and b"boundary" not in value
