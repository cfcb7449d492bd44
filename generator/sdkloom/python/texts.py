"""Texts from outside, as they stand in generated files: one encoder for each kind of place.

Strings of Python, TOML and YAML are in `literals`, docstrings in `docstrings`; both use what is here.
"""

from __future__ import annotations

import html
import re
from typing import Final

UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that can't be seen, or that change how others look: controls, format characters (directions, joiners,
tags), line and paragraph separators, surrogates, fillers. Listed, so that all versions of Python agree on them."""

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SYNTAX: Final = re.compile(r"[\"#&:<=>\\`]")
_CODE_SPAN: Final = re.compile(r"((?<!`)`[\w .,:;=(){}'\"/+*-]+`(?!`))")
_MARKUP: Final = re.compile(
    r"[\\`*\[\]|~]|(?<=\])\(|(?<!\w)_|_(?!\w)|(?<!\w)#|(?<=www)\.|:(?=//)|^[-+=:]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
)
_LINKS_AND_CODE: Final = {ord(char): f"&#{ord(char)};" for char in "[]`"}
_HTML: Final = re.compile(r"[<>]|&(?=#?\w+;)")


def escape(char: str) -> str:
    r"""Return a character as an escape of Python: `\x1b`, `\u202e`, `\U000e0041`."""
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""Return `text` with escapes that are read as such in place of what can't be seen: `user\u202e`."""
    return text if text.isascii() and text.isprintable() else UNSEEN.sub(lambda match: escape(match[0]), text)


def without_controls(text: str) -> str:
    """Return `text` with visible escapes for control characters and surrogates only."""
    return _CONTROL.sub(lambda match: escape(match[0]), text)


def one_line(text: str) -> str:
    """Return `text` as one line that can be seen, with one space for each run of blanks and line breaks."""
    return visible(" ".join(text.split()))


def file_name(name: str) -> str:
    """Return the name of a file for a comment, whatever language it is in, and for texts.

    What could end the comment, or mean something in it (`coding=…`, `# noqa`, `-->`), is escaped too.
    """
    return visible(_SYNTAX.sub(lambda match: escape(match[0]), name))


def markdown(text: str) -> str:
    """Return `text` as one line of Markdown that shows it as it is (CommonMark 0.31 §2.4), whatever stands around it.

    Plain code spans stay, for descriptions have them.
    """
    parts = _CODE_SPAN.split(one_line(text))
    return "".join(part if index % 2 else _without_markup(part) for index, part in enumerate(parts))


def html_attribute(text: str) -> str:
    """Return `text` for a value between double quotes in HTML, in a page of Markdown (HTML §13.1.2.3)."""
    return html.escape(visible(text)).translate(_LINKS_AND_CODE)


def html_text(text: str) -> str:
    """Return a line of Markdown that has no HTML, links or code in it, for use between tags."""
    return html.escape(one_line(text), quote=False).replace("](", "]\\(").replace("`", "&#96;")


def _without_markup(text: str) -> str:
    return _HTML.sub(lambda match: html.escape(match[0]), _MARKUP.sub(r"\\\g<0>", text))
