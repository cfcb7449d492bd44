"""Texts as JSON strings, as the standard library writes them with `ensure_ascii=False`."""

from __future__ import annotations

from json.encoder import ESCAPE_DCT, encode_basestring, encode_basestring_ascii

SHORT = 64
"""Below this length nothing beats the encoder of the standard library."""

_LONG = 512
"""From this length on it takes less time to find out what has to be escaped, and to replace that."""

_PLAIN = bytes(byte for byte in range(256) if chr(byte) not in ESCAPE_DCT)
_ESCAPES = {ord(char): (char.encode(), escape.encode()) for char, escape in ESCAPE_DCT.items()}


def quoted(text: str) -> str:
    """Return a text as a JSON string."""
    if len(text) < SHORT:
        return encode_basestring(text)
    if len(text) < _LONG:  # the encoder for ASCII is the faster one; it differs in one character
        return encode_basestring_ascii(text) if text.isascii() and "\x7f" not in text else encode_basestring(text)
    try:
        return _quoted_bytes(text.encode())
    except UnicodeEncodeError:  # a lone surrogate
        return encode_basestring(text)


def _quoted_bytes(text: bytes) -> str:
    escaped = text.translate(None, _PLAIN)
    for byte in sorted({*escaped}, reverse=True) if escaped else ():  # the backslash first: 92 is the greatest
        text = text.replace(*_ESCAPES[byte])
    return f'"{text.decode()}"'


def has_surrogates(text: str) -> bool:
    """Whether text has a lone surrogate, which UTF-8 can't say: RFC 3629 §3."""
    if text.isascii():
        return False
    for encoding in ("latin-1", "utf-8"):  # the first is only a copy, where it succeeds
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            continue
        return False
    return True
