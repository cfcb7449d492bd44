"""What docstrings say besides descriptions: defaults and examples of the document, short and as Python writes them."""

from __future__ import annotations

import re

from ..ir.json_like import JsonLike, JsonMapping
from .docstrings import is_kept
from .literals import literal, string

_LONGEST = 200
"""An example has about so many characters; what is left out is `...`."""

_DEFAULT = re.compile(r"default", re.IGNORECASE)
_TICKS = re.compile("`+")


def documented(doc: str | None, *, example: JsonLike = None, assumed: JsonLike = None) -> str | None:
    """Return a description with the default that it doesn't name, and with an example."""
    remarks: list[str] = []
    if assumed is not None and not _names_default(doc or "", assumed):
        remarks.append(f"Defaults to {_code(excerpt(assumed))}.")
    if example is not None:
        remarks.append(f"Example: {_code(excerpt(example))}.")
    return with_remarks(doc, *remarks)


def with_remarks(doc: str | None, *remarks: str | None) -> str | None:
    """Return a description with sentences behind it: in its line, or as a paragraph behind Markdown of several."""
    text, more = (doc or "").strip(), " ".join(filter(None, remarks))
    if not text or not more:
        return text or more or None
    if "\n" in text or is_kept(text):
        return f"{text}\n\n{more}"
    return f"{text}{'.' if text[-1].isalnum() or text[-1] in ')]`' else ''} {more}"


def excerpt(value: JsonLike) -> str:
    """Return a value in one line, as Python writes it; of a long one parts are left out."""
    return _excerpt(value, _LONGEST)


def _excerpt(value: JsonLike, room: int) -> str:
    if isinstance(value, str):
        return string(value) if len(value) <= max(room, 20) else string(value[: max(room, 20)] + "...")
    if isinstance(value, tuple):
        return f"[{_listed([('', item) for item in value[: max(room, 0)]], len(value), room)}]"
    if isinstance(value, JsonMapping):
        pairs = [(f"{_excerpt(key, 40)}: ", item) for key, item in value.items[: max(room, 0)]]
        return f"{{{_listed(pairs, len(value.items), room)}}}"
    text = literal(value)
    return text if len(text) <= max(room, 40) else f"{text[: max(room, 40)]}..."


def _listed(pairs: list[tuple[str, JsonLike]], count: int, room: int) -> str:
    texts: list[str] = []
    for key, item in pairs:
        if room <= 0:
            break
        texts.append(key + _excerpt(item, room - len(key) - 2))
        room -= len(texts[-1]) + 2
    return ", ".join([*texts, *(["..."] if len(texts) < count else [])])


def _names_default(doc: str, value: JsonLike) -> bool:
    """Whether a description speaks of a default, and has the value in it, as JSON or as Python writes it."""
    if not _DEFAULT.search(doc):
        return False
    text = value if isinstance(value, str) and value else excerpt(value)
    return re.search(rf"(?<![\w.]){re.escape(text)}(?!\w)", doc, re.IGNORECASE) is not None


def _code(text: str) -> str:
    """A code span (CommonMark 0.31 §6.1), whatever stands in it."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    ticks = "`" * (longest + 1)
    return f"{ticks} {text} {ticks}" if longest else f"`{text}`"
