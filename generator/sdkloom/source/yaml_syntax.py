"""What is wrong where YAML can't be read: the place to look at, not the one where the parser gave up."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from .nodes import SourceFile

_HINTS = (
    ("mapping values are not allowed", "quote a text that contains `: `"),
    ("cannot start any token", "quote a text that begins with `@`, a backtick or `%`"),
    ("expected <block end>", "look at the indentation: it must be that of the lines before"),
    ("could not find expected ':'", "look at the indentation, or for a missing `:`"),
    ("undefined alias", "an anchor (`&name`) must stand before its alias (`*name`)"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("while scanning a simple key", "a key stands on one line and ends in `:`"),
)
_OF_BLOCKS = ("mapping values are not allowed", "block", "expected key")
"""Words of problems that indentation can cause."""

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<dashes>(?:- +)*)(?P<text>[^\s#].*)?")
_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s:#{}\[\],"'][^:#{}\[\],]*):(?: |$)""")


def report_syntax(file: SourceFile, error: MarkedYAMLError, sink: DiagnosticSink, limit: int) -> None:
    """Report why a file can't be read. `limit` is how deep it may be nested."""
    mark: Any = error.problem_mark or error.context_mark
    start = min(mark.index, len(file.text)) if mark else 0
    problem = error.problem or error.context or "can't be read"
    if "nesting depth" in problem:  # newer versions of libyaml have a limit of their own
        sink.report(catalog.TOO_DEEP, file.span(start, start + 1), limit=limit)
        return
    if _report_tab(file, start, sink) or _report_quote(file, error, start, sink):
        return
    if _may_be_indentation(f"{error.context} {problem}") and _report_column(file, start, sink):
        return
    related: list[Related] = []
    context: Any = error.context_mark
    if error.context and context and context.index != start:
        related.append(Related(message=error.context, span=file.span(context.index, context.index + 1)))
    hint = next((hint for words, hint in _HINTS if words in f"{error.context} {problem}"), None)
    above = _text_above(file.text, start)
    if above and "mapping values" in problem:
        hint = f"`{above}` above it has no `:`"
    if file.text[start - 1 : start] == "'" and "expected" in problem:
        hint = "a quoted text ends before this: inside of single quotes, `'` is written twice"
    sink.report(catalog.SYNTAX, file.span(start, start + 1), related=related, hint=hint, problem=problem)


def _report_tab(file: SourceFile, start: int, sink: DiagnosticSink) -> bool:
    """YAML indents with spaces only (YAML 1.2 §6.1)."""
    begin = file.text.rfind("\n", 0, start) + 1
    found = _LINE.match(file.text, begin)
    tab = found["indent"].find("\t") if found else -1
    if tab < 0:
        return False
    sink.report(catalog.TAB, file.span(begin + tab, begin + tab + 1))
    return True


def _report_quote(file: SourceFile, error: MarkedYAMLError, start: int, sink: DiagnosticSink) -> bool:
    """A quote that isn't closed ends at the next quote, lines below, or at the end of the file."""
    opened: Any = error.context_mark
    if "quoted scalar" in (error.context or "") and opened:
        sink.report(catalog.OPEN_QUOTE, file.span(opened.index, opened.index + 1))
        return True
    token = _last_quoted(file.text, start)
    if token is None or token.start_mark.line == token.end_mark.line:
        return False
    line = file.text.count("\n", 0, start)
    if token.end_mark.line != line:
        return False
    end = [Related(message="here it ends", span=file.span(token.end_mark.index - 1, token.end_mark.index))]
    sink.report(catalog.OPEN_QUOTE, file.span(token.start_mark.index, token.start_mark.index + 1), related=end)
    return True


def _last_quoted(text: str, end: int) -> Any:
    """The last quoted scalar that begins before `end`."""
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    last: Any = None
    try:
        for token in yaml.scan(text, loader):
            if token.start_mark.index >= end:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except YAMLError:
        pass
    return last


def _may_be_indentation(problem: str) -> bool:
    return any(words in problem for words in _OF_BLOCKS) and "flow" not in problem


def _report_column(file: SourceFile, start: int, sink: DiagnosticSink) -> bool:
    """A key that begins in a column in which none of the open mappings begins."""
    begin = file.text.rfind("\n", 0, start) + 1
    column, text = _begin(file.text[begin:].split("\n", 1)[0])
    if not _KEY.match(text):
        return False
    columns = _open_columns(file.text[:begin])
    neighbours = {other: key for other, key in columns.items() if key}
    if not neighbours or column in columns:
        return False
    nearest = min(neighbours, key=lambda other: abs(other - column))
    name = text.partition(":")[0]
    sink.report(
        catalog.WRONG_COLUMN,
        file.span(begin + column, begin + column + len(name)),
        name=name,
        column=column + 1,
        due=nearest + 1,
        neighbour=neighbours[nearest],
    )
    return True


def _text_above(text: str, start: int) -> str:
    """The line before that of `start`, if it begins in the same column and is no key."""
    begin = text.rfind("\n", 0, start) + 1
    column, _ = _begin(text[begin:].split("\n", 1)[0])
    above, rest = _begin(text[:begin].splitlines()[-1] if begin else "")
    return rest if above == column and re.fullmatch(r"[\w.$-]+", rest) else ""


def _open_columns(text: str) -> dict[int, str]:
    """The columns in which the lines around the end of `text` begin, each with the last key there, if it is one.

    None, where the last line opens a mapping: what is inside of it may begin anywhere.
    """
    found: dict[int, str] = {}
    for line in reversed(text.splitlines()):
        column, rest = _begin(line)
        if not rest or (found and column >= min(found)):
            continue
        if not found and rest.rstrip().endswith(":"):
            return {}
        found[column] = rest.partition(":")[0] if _KEY.match(rest) else ""
        if column == 0:
            break
    return found


def _begin(line: str) -> tuple[int, str]:
    """The column in which the key of a line begins, behind its dashes, and the line from there on."""
    found = _LINE.match(line)
    assert found is not None
    column = len(found["indent"]) + len(found["dashes"])
    return column, found["text"] or ""
