"""Docstrings: Markdown from the spec, wrapped and escaped, as Python source."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .texts import UNSEEN, escape, without_controls

WIDTH = 120

_LIST_ITEM = re.compile(r"(?P<marker>\s*(?:[-*+]|\d+[.)])\s+)")
_FENCE = re.compile(r"\s*(```|~~~)")
_KEEP = re.compile(r"\s*(\||#{1,6}\s|>|\s{4}|<[a-zA-Z/!])")
_TICKS = re.compile("`+")
_LINE_BREAK = re.compile(r"\r\n?")


def docstring(text: str | None, indent: int = 4, *, width: int = WIDTH) -> str:
    """A whole docstring with its quotes, for a place that is indented by `indent`; later lines carry the indent."""
    lines = wrap(text or "", width - indent - 3)
    if len(lines) == 1 and indent + len(lines[0]) + 6 <= width:
        return f'"""{_quoted(lines[0])}"""'
    margin = " " * indent
    body = [lines[0], *(f"{margin}{line}" if line else "" for line in lines[1:])]
    return f'"""{_escaped(chr(10).join(body))}\n{margin}"""'


def method_docstring(
    summary: str | None,
    arguments: Iterable[tuple[str, str]],
    indent: int = 8,
    *,
    returns: str | None = None,
    raises: Iterable[tuple[str, str]] = (),
    samples: Iterable[str] = (),
) -> str:
    """The docstring of a method with its quotes: what it does, then the sections `Args:`, `Returns:`, `Raises:` and
    `Example:` of Google's style. Parameters without a text are left out, and so are empty sections."""
    sections = [list(wrap(summary, WIDTH - indent - 3))] if summary else []
    entries = [line for name, text in arguments if text for line in ("", *_entry(name, text, indent))]
    if entries:
        sections.append(["Args:", *entries[1:]])
    if returns:
        sections.append(["Returns:", *(_indented(line, 4) for line in wrap(returns, WIDTH - indent - 4))])
    errors = [line for name, text in raises for line in _entry(name, text, indent)]
    if errors:
        sections.append(["Raises:", *errors])
    sections += [["Example:", *(_indented(line, 4) for line in _code_block(sample))] for sample in samples]
    lines = [line for section in sections for line in ("", *section)][1:] or [""]
    if len(lines) == 1 and indent + len(lines[0]) + 6 <= WIDTH:
        return f'"""{_quoted(lines[0])}"""'
    body = "\n".join([lines[0], *(_indented(line, indent) for line in lines[1:])])
    return f'"""{_escaped(body)}\n{" " * indent}"""'


@lru_cache(maxsize=1024)  # both clients say the same, and much is said of many methods and fields
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most `width`: paragraphs and list items are filled, tables, headings and code are left alone."""
    return tuple(line for block in _blocks(_clean(text)) for line in _fill(block, width)) or ("",)


def is_kept(line: str) -> bool:
    """Return whether a line of Markdown is no running text, which sentences can be joined to."""
    return bool(_KEEP.match(line) or _LIST_ITEM.match(line) or _FENCE.match(line))


def _entry(name: str, text: str, indent: int) -> Iterator[str]:
    lines = wrap(f"{name}: {text}", WIDTH - indent - 8)
    yield _indented(lines[0], 4)
    yield from (_indented(line, 8) for line in lines[1:])


def _code_block(source: str) -> list[str]:
    """A fenced code block (CommonMark 0.31 §4.5) in Python, whatever stands in it."""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(source)), default=0))
    return [f"{fence}python", *_clean(source), fence]


def _indented(line: str, width: int) -> str:
    return " " * width + line if line else ""


def _clean(text: str) -> list[str]:
    """Lines without control characters, trailing blanks, and blank lines at the ends."""
    lines = [without_controls(line.expandtabs(4)).rstrip() for line in _LINE_BREAK.sub("\n", text).split("\n")]
    return "\n".join(lines).strip("\n").split("\n")


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Groups of lines that are filled together; a line that must stay as it is, is a group of its own."""
    block: list[str] = []
    fenced = False
    for line in lines:
        fence = _FENCE.match(line)
        starts_block = fenced or fence or not line or _KEEP.match(line) or _LIST_ITEM.match(line)
        if starts_block and block:
            yield block
            block = []
        fenced = fenced is not bool(fence)
        if fenced or fence or not line or (_KEEP.match(line) and not _LIST_ITEM.match(line)):
            yield ["\0", line]
        else:
            block.append(line)
    if block:
        yield block


def _fill(block: list[str], width: int) -> list[str]:
    if block[0] == "\0":
        return block[1:]
    item = _LIST_ITEM.match(block[0])
    hanging = len(item["marker"]) if item else len(block[0]) - len(block[0].lstrip())
    first = block[0] if item else block[0].lstrip()
    text = " ".join([first, *(line.strip() for line in block[1:])])
    return filled(text, max(width, hanging + 20), "" if item else " " * hanging, " " * hanging)


def filled(text: str, width: int, first_indent: str, indent: str) -> list[str]:
    """Return a paragraph as lines of at most `width`, if no word is longer, as `textwrap` does it, and several times as
    fast where one space stands between words."""
    words = text.split(" ")
    if words != text.split():
        return textwrap.wrap(
            text,
            width,
            initial_indent=first_indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines: list[str] = []
    line = first_indent + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = indent + word
    return [*lines, line]


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "\n".join([UNSEEN.sub(lambda match: escape(match[0]), line) for line in text.split("\n")])


def _quoted(line: str) -> str:
    """One line between the quotes: each quote at its end needs a backslash."""
    bare = line.rstrip('"')
    return _escaped(bare) + '\\"' * (len(line) - len(bare))
