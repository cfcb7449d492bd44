"""What text for a terminal needs: colours, widths, nothing that steers it, and which stage is running."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Mapping
from threading import Lock, Timer
from typing import TextIO

import attrs

GREEN = "32"
YELLOW = "33"
RED = "31"
CYAN = "36"
BOLD = "1"
DIM = "2"

_COMMAND = re.compile(r"(?<=:):(?=[A-Za-z])|(?<=#)#(?=\w*\[)")
"""The second character of what CI servers take for a command in a log: `::error` (GitHub), `##[group]` (GitHub, Azure),
`##vso[` (Azure), `##teamcity[`. Some of them look for it anywhere in a line."""


def wants_color(stream: TextIO) -> bool:
    """Whether a stream gets colours: terminals do, unless NO_COLOR is set; FORCE_COLOR asks for them anywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def paint(text: str, style: str, color: bool) -> str:
    """The text in a style (parameters of the escape sequence SGR, ECMA-48 §8.3.117), if `color` is wanted."""
    return f"\033[{style}m{text}\033[0m" if color and text else text


def printable(text: str) -> str:
    """`text` as a part of one line of a terminal or a log: what others wrote never steers it, nor ends the line.

    Tabs become two spaces. Other controls, all line breaks, halves of surrogate pairs and format characters (category
    Cf, among them the marks that turn the direction of writing) become escapes: `\\x1b`, `\\n`, `\\u202e`. Whatever
    goes to a terminal, a log or a report comes through here, or through `printable_lines`.
    """
    if not text.isprintable():
        text = "".join(char if _is_visible(char) else ascii(char)[1:-1] for char in text.replace("\t", "  "))
    return without_commands(text)


def printable_lines(text: str) -> str:
    """The same for a text of several lines; its line breaks stay, as `\\n`."""
    return "\n".join(map(printable, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def without_commands(text: str) -> str:
    """`text` without what a CI server would carry out: `::error` becomes `:\\x3aerror`."""
    if "::" not in text and "##" not in text:
        return text
    return _COMMAND.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _is_visible(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) == "Zs"


def columns(text: str) -> int:
    """How many terminal columns printable `text` takes."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def workflow_command(name: str, properties: Mapping[str, str], message: str) -> str:
    """Return a command of GitHub Actions, which makes an annotation: `::error file=…,line=…::…`.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(printable_lines(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def painted_diff(lines: Iterable[str], color: bool) -> str:
    """A unified diff with its colours; its lines needn't be printable."""
    styles = {"+++": BOLD, "---": BOLD, "@@": CYAN, "+": GREEN, "-": RED}
    painted: list[str] = []
    for line in map(printable, lines):
        style = next((style for mark, style in styles.items() if line.startswith(mark)), None)
        painted.append(paint(line, style, color) if style else line)
    return "\n".join(painted)


@attrs.define
class Progress:
    """One line on stderr that names the running stage: on a terminal, after a second, and gone at the end."""

    stream: TextIO = attrs.field(factory=lambda: sys.stderr)
    delay: float = 1.0
    """Seconds before anything is shown."""
    _started: float = attrs.field(factory=time.perf_counter, init=False)
    _stage: str | None = attrs.field(default=None, init=False)
    _shown: bool = attrs.field(default=False, init=False)
    _timer: Timer | None = attrs.field(default=None, init=False)
    _lock: Lock = attrs.field(factory=Lock, init=False)

    def announce(self, stage: str) -> None:
        """Show that a stage starts, in place of the one before."""
        if not self.stream.isatty() or os.environ.get("TERM") == "dumb":
            return
        with self._lock:
            self._stage = stage
        wait = self.delay - self.seconds
        if wait <= 0:
            self._show()
        elif self._timer is None:
            self._timer = Timer(wait, self._show)
            self._timer.daemon = True
            self._timer.start()

    def _show(self) -> None:
        with self._lock:
            if self._stage is not None:
                self.stream.write(f"\r\033[K{printable(self._stage)} …")
                self.stream.flush()
                self._shown = True

    def clear(self) -> None:
        """Remove the line."""
        with self._lock:
            self._stage = None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._shown:
                self.stream.write("\r\033[K")
                self.stream.flush()
                self._shown = False

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._started
