"""Diagnostics as text. The only place that draws them.

spec.yaml:12:11: error[DOC012]: `strng` is no type
   12 |     type: strng
      |           ^^^^^
   hint: did you mean `string`?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .model import Diagnostic, Severity
from .span import NOWHERE, Span, split_lines
from .terminal import columns, paint, printable, without_commands

_WIDTH = 160
"""Longer source lines are cut around the caret (minified JSON is a single line)."""

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}


def render(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], color: bool = False) -> str:
    """Draw `diagnostics` in the order given, then a line that counts them; `""` if there are none.

    `sources` maps file names, as they stand in the spans, to their texts. A file without text is drawn without lines.
    """
    listed = list(diagnostics)
    if not listed:
        return ""
    lines_of = {file: split_lines(text) for file, text in sources.items()}
    blocks = ["\n".join(_draw(diagnostic, lines_of, color)) for diagnostic in listed]
    return without_commands("\n\n".join([*blocks, summary(listed)])) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many diagnostics of each severity there are: `2 errors, 1 warning`."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(severities.count(severity), severity.value) for severity in Severity]
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count) or "no messages"


def _draw(diagnostic: Diagnostic, lines_of: Mapping[str, list[str]], color: bool) -> Iterator[str]:
    tint = _COLORS[diagnostic.severity]
    location = "" if diagnostic.span == NOWHERE else f"{printable(str(diagnostic.span))}: "
    label = paint(f"{diagnostic.severity.value}[{diagnostic.code}]", tint, color)
    message = printable(diagnostic.message)
    yield f"{paint(location, '1', color)}{label}: {message}"
    yield from _excerpt(diagnostic.span, lines_of, tint, color)
    for related in diagnostic.related:
        yield f"   {paint(printable(str(related.span)), '1', color)}: {printable(related.message)}"
        yield from _excerpt(related.span, lines_of, "1;34", color)
    if diagnostic.hint:
        first, *rest = diagnostic.hint.split("\n")
        yield f"   {paint('hint', '1;32', color)}: {printable(first)}"
        yield from (f"         {printable(line)}" for line in rest)


def _excerpt(span: Span, lines_of: Mapping[str, list[str]], tint: str, color: bool) -> Iterator[str]:
    """The first line of `span` and the caret below it."""
    lines = lines_of.get(span.file, [])
    if span == NOWHERE or not 1 <= span.line <= len(lines):
        return
    line = lines[span.line - 1]
    start = min(span.col - 1, len(line))
    end = min(span.end_col - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    before, marked, after = _cut(line[:start], line[start:end], line[end:])
    gutter = f"{span.line:>5} | "
    yield paint(gutter, "34", color) + before + marked + after
    caret = "^" * max(columns(marked), 1)
    yield paint(f"{'':>5} | ", "34", color) + " " * columns(before) + paint(caret, tint, color)


def _cut(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """The three parts of a line, printable, and cut to `_WIDTH` around the marked one."""
    before, marked, after = printable(before), printable(marked), printable(after).rstrip()
    room = _WIDTH - len(before) - len(marked) - len(after)
    if room >= 0:
        return before, marked, after
    if len(marked) > _WIDTH // 2:
        marked = marked[: _WIDTH // 2 - 1] + "…"
        after = ""
    side = (_WIDTH - len(marked)) // 2
    if len(before) > side:
        before = "…" + before[len(before) - side + 1 :]
    if len(after) > _WIDTH - len(marked) - len(before):
        after = after[: max(_WIDTH - len(marked) - len(before) - 1, 0)] + "…"
    return before, marked, after
